/** How a picture and a file look among the messages. */
import { label, say } from './i18n.js';

/** A picture in the talk; a click opens it in the viewer. */
export function pictureElement(url, type, extension, size) {
  const format = type.slice('image/'.length).toUpperCase();
  const open = document.createElement('button');
  open.type = 'button';
  open.className = 'bubble picture';
  const image = document.createElement('img');
  image.decoding = 'async';
  image.src = url;
  image.alt = '';
  label(open, 'picture.alt', { type: format, size });
  image.addEventListener('error', () => open.replaceWith(brokenElement(url, extension, size)));
  open.append(image);
  open.addEventListener('click', () => view(url));
  return open;
}

/** A file: its size, and a link to save it. It is never opened in the page's origin. */
export function fileElement(url, extension, size) {
  const element = document.createElement('p');
  element.className = 'bubble file';
  const what = document.createElement('span');
  say(what, 'file', { size });
  element.append(what, saveLink(url, extension));
  return element;
}

/** A picture that the browser cannot show, or had better not. */
export function brokenElement(url, extension, size) {
  const element = fileElement(url, extension, size);
  say(element.firstElementChild, 'picture.broken');
  return element;
}

function saveLink(url, extension) {
  const link = document.createElement('a');
  link.href = url;
  link.download = `veche.${extension}`;
  say(link, 'file.save');
  return link;
}

function view(url) {
  const viewer = document.getElementById('viewer');
  document.getElementById('viewer-image').src = url;
  viewer.showModal();
}
