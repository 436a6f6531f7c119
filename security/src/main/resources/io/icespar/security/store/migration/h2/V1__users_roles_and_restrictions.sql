-- The security state, one row a fact. Names are kept as they were first written; that no two differ only in case, and
-- that roles do not hold each other, is seen to where commands are carried out and checked again when reading.

CREATE TABLE security_state (
    only_row BOOLEAN DEFAULT TRUE NOT NULL PRIMARY KEY CHECK (only_row),
    epoch    BIGINT  NOT NULL
);

CREATE TABLE security_role (
    name VARCHAR NOT NULL PRIMARY KEY
);

CREATE TABLE security_user (
    name     VARCHAR NOT NULL PRIMARY KEY,
    password VARCHAR
);

CREATE TABLE role_grant_to_role (
    grantee VARCHAR NOT NULL REFERENCES security_role,
    role    VARCHAR NOT NULL REFERENCES security_role,
    PRIMARY KEY (grantee, role)
);

CREATE TABLE role_grant_to_user (
    grantee VARCHAR NOT NULL REFERENCES security_user,
    role    VARCHAR NOT NULL REFERENCES security_role,
    PRIMARY KEY (grantee, role)
);

-- The subject is COLUMNS, OWN or WHOLE TABLE. A CHECK would say so, but H2 in memory fails to evaluate one that was
-- made by a connection closed since.
CREATE TABLE restriction (
    name           VARCHAR                NOT NULL PRIMARY KEY,
    table_schema   VARCHAR                NOT NULL,
    table_name     VARCHAR                NOT NULL,
    condition_text CHARACTER LARGE OBJECT NOT NULL,
    subject        VARCHAR                NOT NULL
);

-- For restrictions whose subject is COLUMNS.
CREATE TABLE restriction_column (
    restriction VARCHAR NOT NULL REFERENCES restriction,
    column_name VARCHAR NOT NULL,
    PRIMARY KEY (restriction, column_name)
);

-- The grantee is a role, or PUBLIC.
CREATE TABLE restriction_grant (
    restriction VARCHAR NOT NULL REFERENCES restriction,
    grantee     VARCHAR NOT NULL,
    PRIMARY KEY (restriction, grantee)
);

INSERT INTO security_state (epoch) VALUES (0);
INSERT INTO security_role (name) VALUES ('ROLE_ADMIN'), ('ROLE_USER');
