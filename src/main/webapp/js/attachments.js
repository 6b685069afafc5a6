/** Renders pictures and files of messages. Their object URLs exist only while they are shown. */
import { make } from './elements.js';
import { bytes, label, setText } from './i18n.js';

const files = new WeakMap(); // picture element → its file

/** A picture that opens in the viewer. @param file from media-type.js; title its alt text */
export function pictureElement(file, title) {
  const open = make('button', { type: 'button', class: 'bubble picture' });
  const image = make('img', { decoding: 'async', alt: '', src: URL.createObjectURL(file.blob) });
  label(open, 'picture.alt', { name: title, size: bytes(file.blob.size) });
  image.addEventListener('error', () => {
    const broken = brokenElement(file);
    broken.querySelector('a').tabIndex = open.tabIndex;
    broken.classList.toggle('bubble', open.classList.contains('bubble'));
    open.replaceWith(broken);
  });
  open.append(image);
  files.set(open, { ...file, title });
  open.addEventListener('click', () => view(open));
  return open;
}

/** A file: name, size, download link, player for audio and video. Never opened in the page's origin. */
export function fileElement(file) {
  const link = make('a', { href: URL.createObjectURL(file.blob), download: file.name });
  setText(link, 'file.download');
  const size = make('span', { class: 'file-size' });
  setText(size, bytes(file.blob.size).key, bytes(file.blob.size));
  const element = make('div', { class: 'bubble file' }, make('bdi', { class: 'file-name' }, file.name), size, link);
  const [kind] = file.type.split('/');
  if (kind === 'audio' || kind === 'video') {
    const player = make(kind, { controls: true, preload: 'metadata', src: link.href });
    player.addEventListener('error', () => player.remove());
    element.append(player);
  }
  return element;
}

/** A picture that cannot be displayed. */
function brokenElement(file) {
  const element = fileElement(file);
  const note = make('span', {});
  setText(note, 'picture.broken');
  element.prepend(note);
  return element;
}

/** Revokes the object URLs of an element that is removed. */
export function release(element) {
  element.querySelectorAll('img[src^="blob:"]').forEach(image => URL.revokeObjectURL(image.src));
  element.querySelectorAll('a[href^="blob:"]').forEach(link => URL.revokeObjectURL(link.href));
}

/** Opens the viewer; arrow keys show the neighbouring pictures, a click on the backdrop closes. */
function view(picture) {
  const file = files.get(picture);
  const root = picture.getRootNode();
  const dialog = root.getElementById('viewer');
  const image = root.getElementById('viewer-image');
  image.src = picture.querySelector('img').src;
  image.alt = file.title;
  root.getElementById('viewer-name').textContent = file.name;
  Object.assign(root.getElementById('viewer-save'), { href: image.src, download: file.name });
  dialog.onclick = ({ target }) => target === dialog && dialog.close();
  dialog.onkeydown = ({ key }) => {
    const pictures = [...root.querySelectorAll('.picture')];
    const next = pictures[pictures.indexOf(picture) + { ArrowLeft: -1, ArrowRight: 1 }[key]];
    if (next) view(next);
  };
  if (!dialog.open) dialog.showModal();
}
