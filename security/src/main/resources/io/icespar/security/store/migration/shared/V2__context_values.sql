-- Context values, and what they are set to for users and roles. Values are written as ValueText writes them.

-- Who may set it is CALLER, or ADMINISTRATOR if only administrators may.
CREATE TABLE context_value (
    name         VARCHAR NOT NULL PRIMARY KEY,
    value_type   VARCHAR NOT NULL,
    default_text TEXT,
    claim        VARCHAR,
    set_by       VARCHAR NOT NULL
);

-- The value is one of those above, or a limit, which is in no table.
CREATE TABLE context_value_of_user (
    grantee       VARCHAR NOT NULL REFERENCES security_user,
    context_value VARCHAR NOT NULL,
    value_text    TEXT    NOT NULL,
    PRIMARY KEY (grantee, context_value)
);

CREATE TABLE context_value_of_role (
    grantee       VARCHAR NOT NULL REFERENCES security_role,
    context_value VARCHAR NOT NULL,
    value_text    TEXT    NOT NULL,
    PRIMARY KEY (grantee, context_value)
);

-- Which values the condition of a restriction reads.
CREATE TABLE restriction_context_value (
    restriction   VARCHAR NOT NULL REFERENCES restriction,
    context_value VARCHAR NOT NULL REFERENCES context_value,
    PRIMARY KEY (restriction, context_value)
);
