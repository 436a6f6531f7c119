-- Cubes, and what is said of them to users and roles. Ordinals count from 1, in texts.

CREATE TABLE stored_cube (
    cube_schema VARCHAR NOT NULL,
    cube_name   VARCHAR NOT NULL,
    fact_schema VARCHAR NOT NULL,
    fact_name   VARCHAR NOT NULL,
    PRIMARY KEY (cube_schema, cube_name)
);

-- The kind is SLICING, or ORDINARY.
CREATE TABLE cube_hierarchy (
    cube_schema    VARCHAR NOT NULL,
    cube_name      VARCHAR NOT NULL,
    ordinal        VARCHAR NOT NULL,
    hierarchy_name VARCHAR NOT NULL,
    dimension_name VARCHAR NOT NULL,
    kind           VARCHAR NOT NULL,
    PRIMARY KEY (cube_schema, cube_name, ordinal),
    FOREIGN KEY (cube_schema, cube_name) REFERENCES stored_cube
);

CREATE TABLE cube_level (
    cube_schema VARCHAR NOT NULL,
    cube_name   VARCHAR NOT NULL,
    hierarchy   VARCHAR NOT NULL,
    ordinal     VARCHAR NOT NULL,
    level_name  VARCHAR NOT NULL,
    column_name VARCHAR NOT NULL,
    PRIMARY KEY (cube_schema, cube_name, hierarchy, ordinal),
    FOREIGN KEY (cube_schema, cube_name, hierarchy) REFERENCES cube_hierarchy
);

-- How the column of a level is reached from the fact table: a row for each pair of columns of each join.
CREATE TABLE cube_level_join (
    cube_schema   VARCHAR NOT NULL,
    cube_name     VARCHAR NOT NULL,
    hierarchy     VARCHAR NOT NULL,
    level_ordinal VARCHAR NOT NULL,
    join_ordinal  VARCHAR NOT NULL,
    pair          VARCHAR NOT NULL,
    column_name   VARCHAR NOT NULL,
    target_schema VARCHAR NOT NULL,
    target_name   VARCHAR NOT NULL,
    target_column VARCHAR NOT NULL,
    PRIMARY KEY (cube_schema, cube_name, hierarchy, level_ordinal, join_ordinal, pair),
    FOREIGN KEY (cube_schema, cube_name, hierarchy, level_ordinal) REFERENCES cube_level
);

CREATE TABLE cube_measure (
    cube_schema  VARCHAR NOT NULL,
    cube_name    VARCHAR NOT NULL,
    ordinal      VARCHAR NOT NULL,
    measure_name VARCHAR NOT NULL,
    expression   TEXT    NOT NULL,
    format       VARCHAR,
    description  VARCHAR,
    PRIMARY KEY (cube_schema, cube_name, ordinal),
    FOREIGN KEY (cube_schema, cube_name) REFERENCES stored_cube
);

-- The levels and measures that a measure reads.
CREATE TABLE cube_measure_reads (
    cube_schema VARCHAR NOT NULL,
    cube_name   VARCHAR NOT NULL,
    measure     VARCHAR NOT NULL,
    column_name VARCHAR NOT NULL,
    PRIMARY KEY (cube_schema, cube_name, measure, column_name),
    FOREIGN KEY (cube_schema, cube_name, measure) REFERENCES cube_measure
);

-- The value may be a limit, which is in no table.
CREATE TABLE cube_measure_context_value (
    cube_schema   VARCHAR NOT NULL,
    cube_name     VARCHAR NOT NULL,
    measure       VARCHAR NOT NULL,
    context_value VARCHAR NOT NULL,
    PRIMARY KEY (cube_schema, cube_name, measure, context_value),
    FOREIGN KEY (cube_schema, cube_name, measure) REFERENCES cube_measure
);

-- Members that are granted. The cube may be one that the catalog's files declare, which is in no table; the grantee is a
-- role, or PUBLIC.
CREATE TABLE members_grant (
    cube_schema    VARCHAR NOT NULL,
    cube_name      VARCHAR NOT NULL,
    hierarchy_name VARCHAR NOT NULL,
    grantee        VARCHAR NOT NULL,
    fact_schema    VARCHAR NOT NULL,
    fact_name      VARCHAR NOT NULL,
    PRIMARY KEY (cube_schema, cube_name, hierarchy_name, grantee)
);

CREATE TABLE members_grant_level (
    cube_schema    VARCHAR NOT NULL,
    cube_name      VARCHAR NOT NULL,
    hierarchy_name VARCHAR NOT NULL,
    grantee        VARCHAR NOT NULL,
    ordinal        VARCHAR NOT NULL,
    column_name    VARCHAR NOT NULL,
    PRIMARY KEY (cube_schema, cube_name, hierarchy_name, grantee, ordinal),
    FOREIGN KEY (cube_schema, cube_name, hierarchy_name, grantee) REFERENCES members_grant
);

CREATE TABLE members_grant_join (
    cube_schema    VARCHAR NOT NULL,
    cube_name      VARCHAR NOT NULL,
    hierarchy_name VARCHAR NOT NULL,
    grantee        VARCHAR NOT NULL,
    level_ordinal  VARCHAR NOT NULL,
    join_ordinal   VARCHAR NOT NULL,
    pair           VARCHAR NOT NULL,
    column_name    VARCHAR NOT NULL,
    target_schema  VARCHAR NOT NULL,
    target_name    VARCHAR NOT NULL,
    target_column  VARCHAR NOT NULL,
    PRIMARY KEY (cube_schema, cube_name, hierarchy_name, grantee, level_ordinal, join_ordinal, pair),
    FOREIGN KEY (cube_schema, cube_name, hierarchy_name, grantee, level_ordinal) REFERENCES members_grant_level
);

-- A row for each value of each member. Values are written as ValueText writes them.
CREATE TABLE members_grant_value (
    cube_schema    VARCHAR NOT NULL,
    cube_name      VARCHAR NOT NULL,
    hierarchy_name VARCHAR NOT NULL,
    grantee        VARCHAR NOT NULL,
    member         VARCHAR NOT NULL,
    level_ordinal  VARCHAR NOT NULL,
    value_type     VARCHAR NOT NULL,
    value_text     TEXT    NOT NULL,
    PRIMARY KEY (cube_schema, cube_name, hierarchy_name, grantee, member, level_ordinal),
    FOREIGN KEY (cube_schema, cube_name, hierarchy_name, grantee, level_ordinal) REFERENCES members_grant_level
);

-- The kind of part is DIMENSION, HIERARCHY or MEASURE; the part is SHOWN or HIDDEN.
CREATE TABLE cube_visibility (
    cube_schema VARCHAR NOT NULL,
    cube_name   VARCHAR NOT NULL,
    part_kind   VARCHAR NOT NULL,
    part_name   VARCHAR NOT NULL,
    grantee     VARCHAR NOT NULL,
    visibility  VARCHAR NOT NULL,
    PRIMARY KEY (cube_schema, cube_name, part_kind, part_name, grantee)
);

-- A row for each value of each default member; the kind of grantee is ROLE or USER.
CREATE TABLE default_member (
    cube_schema    VARCHAR NOT NULL,
    cube_name      VARCHAR NOT NULL,
    hierarchy_name VARCHAR NOT NULL,
    grantee_kind   VARCHAR NOT NULL,
    grantee        VARCHAR NOT NULL,
    level_ordinal  VARCHAR NOT NULL,
    value_type     VARCHAR NOT NULL,
    value_text     TEXT    NOT NULL,
    PRIMARY KEY (cube_schema, cube_name, hierarchy_name, grantee_kind, grantee, level_ordinal)
);
