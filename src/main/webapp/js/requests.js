/** What a session has asked and not been answered yet: it ends with its session, however long the socket takes to close. */

/** The connection went before the answer came: whether the server acted on the request is unknown. */
export class ConnectionLostException extends Error {
  /** @param end {code, uri}: how it closed, where the other end said so */
  constructor(end = {}) {
    super('the connection is lost');
    this.end = end;
  }
}

export class Requests {
  #open = new Set();

  /** The answer, or a ConnectionLostException as soon as the session is given up. */
  settle(answer) {
    return new Promise((resolve, reject) => {
      this.#open.add(reject);
      answer.then(resolve, reject).finally(() => this.#open.delete(reject));
    });
  }

  /** No answer is awaited any more. */
  giveUp(end) {
    const open = [...this.#open];
    this.#open.clear();
    open.forEach(reject => reject(new ConnectionLostException(end)));
  }
}
