package planted.api;

import jakarta.transaction.Status;

interface ImportsJta extends Status {}
