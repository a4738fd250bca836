"""The sample help centre: authoring text, and the script that writes deliveries from it."""
