-- Runs once, when the security store is empty. Change the passwords before others can reach the server.

CREATE ROLE ROLE_FRANCE;
CREATE ROLE ROLE_PARIS;

CREATE RESTRICTION france ON retail."Shops" USING ("Country" = 'France') TO ROLE_FRANCE;
CREATE RESTRICTION paris ON retail."Shops" USING ("City" = 'Paris') TO ROLE_PARIS;

-- Holds no restriction, and sees all.
CREATE USER "global-user" PASSWORD 'changeit';
GRANT ROLE_USER TO USER "global-user";

CREATE USER "french-user" PASSWORD 'changeit';
GRANT ROLE_USER, ROLE_FRANCE TO USER "french-user";

CREATE USER "parisian-user" PASSWORD 'changeit';
GRANT ROLE_USER, ROLE_PARIS TO USER "parisian-user";

-- For programs.
CREATE USER "technical-user" PASSWORD 'changeit';
GRANT ROLE_USER TO USER "technical-user";

CREATE USER "admin" PASSWORD 'changeit';
GRANT ROLE_USER, ROLE_ADMIN TO USER "admin";
