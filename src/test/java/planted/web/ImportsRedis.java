package planted.web;

import io.lettuce.core.RedisURI;

record ImportsRedis(RedisURI uri) {}
