/** A part whose module is loaded on first use. */
export class OnDemand {
  #create;
  #loading = null;

  /** The loaded part, or null. */
  here = null;

  /** @param create () => a promise of the part */
  constructor(create) {
    this.#create = create;
  }

  /** Loads the part; after a failure the next call retries. */
  async get() {
    this.#loading ??= this.#create();
    try {
      return (this.here = await this.#loading);
    } catch (failure) {
      this.#loading = null;
      throw failure;
    }
  }
}
