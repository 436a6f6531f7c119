-- Runs once, when the security store is empty. Change the passwords before others can reach the server.

CREATE ROLE ROLE_FRANCE;
CREATE ROLE ROLE_PARIS;

CREATE RESTRICTION france ON retail."Shops" USING ("Country" = 'France') TO ROLE_FRANCE;
CREATE RESTRICTION paris ON retail."Shops" USING ("City" = 'Paris') TO ROLE_PARIS;

-- Prices are in euros. Who is not in a French role sees them in dollars, at the rate of the day, and may choose.
CREATE CONTEXT VALUE currency VARCHAR DEFAULT 'USD' SETTABLE;
ALTER ROLE ROLE_FRANCE SET currency = 'EUR';
ALTER ROLE ROLE_PARIS SET currency = 'EUR';

-- The sales with all they refer to, seen flat: SELECT "City", AGGREGATE("Turnover") FROM "Sales cube" GROUP BY "City"
CREATE CUBE retail."Sales cube" ON retail."Sales" AUTO (
    MEASURE "Turnover" AS
        CAST(SUM("Quantity" * "Unit price" * CASE CONTEXT_VALUE('currency') WHEN 'USD' THEN "Rates"."USD per EUR" ELSE 1 END)
            AS DECIMAL(18, 2))
        FORMAT '#,##0.00' DESCRIPTION 'What was sold, in the currency of who asks');

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
