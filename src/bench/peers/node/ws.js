// The chat server of the WebSocket tutorial at javascript.info, on `ws`: relays each message, cut to 50 characters, to
// all clients. Added: rooms (?room=), and garbage collection on SIGUSR2 for the memory figures. Argument: the port.
const http = require('http');
const { WebSocketServer } = require('ws');

const rooms = new Map();
const server = new WebSocketServer({ noServer: true });

function join(socket, clients) {
  clients.add(socket);
  socket.on('message', (message) => {
    const text = message.toString().slice(0, 50);
    for (const client of clients) {
      client.send(text);
    }
  });
  socket.on('close', () => clients.delete(socket));
}

function clientsOf(url) {
  const room = new URL(url, 'http://localhost').searchParams.get('room') ?? 'lobby';
  if (!rooms.has(room)) {
    rooms.set(room, new Set());
  }
  return rooms.get(room);
}

http
  .createServer()
  .on('upgrade', (request, socket, head) =>
    server.handleUpgrade(request, socket, head, (opened) => join(opened, clientsOf(request.url))),
  )
  .listen(Number(process.argv[2]), '127.0.0.1', 4096);

process.on('SIGUSR2', () => global.gc());
