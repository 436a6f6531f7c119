-- What was decided of tables beside restrictions: whether one is required, who may read what, and masks.

CREATE TABLE restriction_required (
    table_schema VARCHAR NOT NULL,
    table_name   VARCHAR NOT NULL,
    PRIMARY KEY (table_schema, table_name)
);

-- The grantee is a role, or PUBLIC; the word is GRANTED or REVOKED. An empty column name stands for the table as a
-- whole, an empty table name for the schema.
CREATE TABLE select_privilege (
    grantee      VARCHAR NOT NULL,
    table_schema VARCHAR NOT NULL,
    table_name   VARCHAR NOT NULL,
    column_name  VARCHAR NOT NULL,
    word         VARCHAR NOT NULL,
    PRIMARY KEY (grantee, table_schema, table_name, column_name)
);

CREATE TABLE mask (
    name            VARCHAR NOT NULL PRIMARY KEY,
    table_schema    VARCHAR NOT NULL,
    table_name      VARCHAR NOT NULL,
    column_name     VARCHAR NOT NULL,
    expression_text TEXT    NOT NULL
);

-- The part is TO, for a role or PUBLIC that is shown the mask, or EXCEPT, for a role that is not.
CREATE TABLE mask_role (
    mask      VARCHAR NOT NULL REFERENCES mask,
    part      VARCHAR NOT NULL,
    role_name VARCHAR NOT NULL,
    PRIMARY KEY (mask, part, role_name)
);
