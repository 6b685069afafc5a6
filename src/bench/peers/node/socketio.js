// The chat server of Socket.IO's own tutorial, with rooms (?room=), websocket transport only, and garbage collection on
// SIGUSR2 for the memory figures. Arguments: the port; for a cluster, the adapter, redis or streams, and Redis's port.
const http = require('http');
const { Server } = require('socket.io');

async function adapter(kind, port) {
  const { createClient } = require('redis');
  const client = createClient({ url: `redis://127.0.0.1:${port}` });
  await client.connect();
  if (kind === 'streams') {
    return require('@socket.io/redis-streams-adapter').createAdapter(client);
  }
  const subscriber = client.duplicate();
  await subscriber.connect();
  return require('@socket.io/redis-adapter').createAdapter(client, subscriber);
}

async function serve(port, kind, redis) {
  const server = http.createServer();
  const io = new Server(server, {
    transports: ['websocket'],
    serveClient: false,
    adapter: kind && (await adapter(kind, redis)),
  });

  io.on('connection', (socket) => {
    const room = socket.handshake.query.room ?? 'lobby';
    socket.join(room);
    socket.on('message', (text) => io.to(room).emit('message', text.slice(0, 50)));
  });

  server.listen(Number(port), '127.0.0.1', 4096);
}

serve(...process.argv.slice(2));

process.on('SIGUSR2', () => global.gc());
