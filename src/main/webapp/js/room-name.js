/** Room names as the server accepts them, [a-z0-9][a-z0-9_-]{0,63}, from user input or an address. */
const MAX_LENGTH = 64;
const REFUSED = /[^a-z0-9_-]/;
/** Letters that NFKD does not reduce to Latin ones, and й and ё, which it would change. */
const LATIN = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'yo', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p',
  р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya',
  є: 'ye', і: 'i', ґ: 'g', ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ł: 'l', ı: 'i',
};

/** @returns {room}, or {fault: the error as {key, …values}} */
export function roomNamed(text) {
  const letters = [...text.trim().replace(/\s+/g, '-').normalize('NFC')];
  const room = letters.map(latin).join('');
  const letter = letters.find(each => REFUSED.test(latin(each)));
  if (letter !== undefined) return fault('room.letter', { letter });
  if (room === '') return fault('room.empty');
  if (/^[_-]/.test(room)) return fault('room.start', { letter: room[0] });
  if (room.length > MAX_LENGTH) return fault('room.long', { room, count: room.length, limit: MAX_LENGTH });
  return { room };
}

function latin(original) {
  const letter = original.toLowerCase();
  return LATIN[letter] ?? letter.normalize('NFKD').replace(/[\p{M}\p{Cf}]/gu, '').replace(/./gsu, each => LATIN[each] ?? each);
}

const fault = (key, values) => ({ fault: { key, ...values } });
