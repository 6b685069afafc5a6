/** Pending requests of a session; they end with it, however long the socket takes to close. */

/** The connection was lost before the answer: whether the request was executed is unknown. */
export class ConnectionLostException extends Error {
  /** @param end {code, uri} of the close, if received */
  constructor(end = {}) {
    super('the connection is lost');
    this.end = end;
  }
}

export class Requests {
  #open = new Set();

  /** The answer, or a ConnectionLostException when the session ends. */
  settle(answer) {
    return new Promise((resolve, reject) => {
      this.#open.add(reject);
      answer.then(resolve, reject).finally(() => this.#open.delete(reject));
    });
  }

  /** Rejects all pending requests. */
  giveUp(end) {
    const open = [...this.#open];
    this.#open.clear();
    open.forEach(reject => reject(new ConnectionLostException(end)));
  }
}
