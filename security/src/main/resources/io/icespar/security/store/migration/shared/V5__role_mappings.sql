-- Which roles come with those of identity providers, and which with none at all.

CREATE TABLE role_mapping (
    provider_role VARCHAR NOT NULL,
    role          VARCHAR NOT NULL REFERENCES security_role,
    PRIMARY KEY (provider_role, role)
);

CREATE TABLE default_role (
    role VARCHAR NOT NULL PRIMARY KEY REFERENCES security_role
);
