// The chat server of Socket.IO's own tutorial, with rooms (?room=), websocket transport only, and garbage collection on
// SIGUSR2 for the memory figures. Argument: the port.
const http = require('http');
const { Server } = require('socket.io');

const server = http.createServer();
const io = new Server(server, { transports: ['websocket'], serveClient: false });

io.on('connection', (socket) => {
  const room = socket.handshake.query.room ?? 'lobby';
  socket.join(room);
  socket.on('message', (text) => io.to(room).emit('message', text.slice(0, 50)));
});

server.listen(Number(process.argv[2]), '127.0.0.1', 4096);

process.on('SIGUSR2', () => global.gc());
