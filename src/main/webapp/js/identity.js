/** The user's identity and permissions. */
export class Identity {
  id = '';
  name = '';
  may = [];
  writes = true;
  mutes = [];
  expires = null; // of the token, RFC 3339

  /** Permitted moderation actions. */
  get moderates() {
    return this.may.filter(each => ['kick', 'ban', 'mute'].includes(each));
  }

  /** From WELCOME, then from veche.whoami if available. */
  async load(session, welcome, name) {
    this.id = welcome.authid ?? '';
    this.name = name;
    const answer = await session.call('veche.whoami').catch(() => null);
    if (answer === null) return;
    this.id = answer.author.id;
    this.name = answer.author.name;
    this.may = answer.may;
    this.writes = answer.writes !== false;
    this.mutes = answer.mutes;
    this.expires = answer.expires ?? null;
  }
}
