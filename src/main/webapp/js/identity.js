/** Who the reader is to the server, and what they may. */
export class Identity {
  id = '';
  name = '';
  may = [];
  mutes = [];

  /** What they may do about others. */
  get moderates() {
    return this.may.filter(each => ['kick', 'ban', 'mute'].includes(each));
  }

  /** From WELCOME, then from the server's own procedure, where it has that. */
  async learn(session, welcome, name) {
    this.id = welcome.authid ?? '';
    this.name = name;
    const told = await session.call('veche.whoami').catch(() => null);
    if (told === null) return;
    this.id = told.author.id;
    this.name = told.author.name;
    this.may = told.may;
    this.mutes = told.mutes;
  }
}
