package planted.web;

import planted.Root;

record ImportsTheRoot(Root root) {}
