// The engine: a worker, started by the first touch, that answers the last question and no other.
// Questions that come while it is at work are not put in line: only the last one is asked.

import { settings } from "./settings.js";

/**
 * Make an engine that tells `onAnswer(answer, question)`, and `onState(state)` when it is loading
 * ("loading"), knows titles ("titles") or everything ("all"), has nothing ("failed") or will have
 * titles only ("partial").
 */
export const makeEngine = (onAnswer, onState) => {
  let worker = null;
  let state = "";
  let question = null;
  let asked = 0;
  let isBusy = false;

  const isReady = () => ["titles", "all", "partial"].includes(state);

  const enter = (next) => {
    state = next;
    onState(state);
  };

  const fail = () => {
    const isAnswering = isBusy;
    isBusy = false;
    if (isReady() && !(isAnswering && state === "partial")) {
      enter("partial");
      if (isAnswering) send(); // titles may know the answer yet
      return;
    }
    worker?.terminate();
    worker = null;
    enter("failed");
  };

  const send = () => {
    if (!question || !isReady() || isBusy) return;
    isBusy = true;
    worker.postMessage({ type: "query", id: asked, ...question });
  };

  /** Ask again for everything that is shown: bodies have come, and know better. */
  const askAgain = () => {
    if (!question) return;
    question = { ...question, offset: 0, limit: question.offset + question.limit };
    asked += 1;
    send();
  };

  const hear = ({ data }) => {
    if (data.type === "failed") {
      fail();
    } else if (data.type === "ready") {
      enter(data.stage);
      askAgain();
    } else if (data.type === "results") {
      isBusy = false;
      if (question && data.id === asked) onAnswer(data, question);
      else send();
    }
  };

  /** Start the worker, unless it runs; what failed is tried again only when that is asked for. */
  const start = () => {
    if (worker || state === "failed") return;
    enter("loading");
    try {
      worker = new Worker(settings.worker, { type: "module" });
    } catch {
      fail();
      return;
    }
    worker.addEventListener("message", hear);
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      fail();
    });
    const { index: base, locale, source } = settings;
    worker.postMessage({ type: "open", base, locale, source });
  };

  /** Ask; null: nothing is asked any more. */
  const ask = (next) => {
    question = next;
    asked += 1;
    if (question) start();
    send();
  };

  const retry = () => {
    worker?.terminate();
    worker = null;
    isBusy = false;
    state = "";
    start();
  };

  window.addEventListener("online", () => {
    if (state === "failed" || state === "partial") retry();
  });
  return { start, ask, retry };
};
