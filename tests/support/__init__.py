"""What several tests need: writers of deliveries and trees."""
