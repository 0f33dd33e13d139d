-- What version 107 had that has changed since, for `migration`: nothing but a table it lacked.

DROP TABLE shared;

DROP INDEX shared_unsent;
