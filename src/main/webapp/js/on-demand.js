/** A part of the page whose module is fetched when it is first used. */
export class OnDemand {
  #create;
  #loading = null;

  /** The part, once it is there; else null. */
  here = null;

  /** @param create () => a promise of the part */
  constructor(create) {
    this.#create = create;
  }

  /** The part. Rejects where it cannot be fetched now; the next call tries again. */
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
