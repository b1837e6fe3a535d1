/**
 * Does work again and again, one after the other, until stopped; what fails is told and tried again.
 *
 * @returns stops, and waits for the work that is under way
 */
export function repeat(
  work: () => Promise<unknown>,
  everySeconds: number,
  tell: (error: Error) => void,
): () => Promise<void> {
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const turn = () => {
    running = work()
      .then(() => undefined, tell)
      .then(() => {
        if (!isOver) timer = setTimeout(turn, everySeconds * 1000);
      });
  };
  timer = setTimeout(turn, everySeconds * 1000);
  return async () => {
    isOver = true;
    clearTimeout(timer);
    await running;
  };
}
