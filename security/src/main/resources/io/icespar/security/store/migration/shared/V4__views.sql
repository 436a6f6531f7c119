-- Views: queries that go by a name.

CREATE TABLE stored_view (
    view_schema VARCHAR NOT NULL,
    view_name   VARCHAR NOT NULL,
    query_text  TEXT    NOT NULL,
    PRIMARY KEY (view_schema, view_name)
);

-- The ordinal is the column's place, from 1.
CREATE TABLE view_column (
    view_schema VARCHAR NOT NULL,
    view_name   VARCHAR NOT NULL,
    ordinal     VARCHAR NOT NULL,
    column_name VARCHAR NOT NULL,
    column_type VARCHAR NOT NULL,
    PRIMARY KEY (view_schema, view_name, ordinal),
    FOREIGN KEY (view_schema, view_name) REFERENCES stored_view
);

-- What the query of a view reads, tables and other views; an empty column name stands for the table itself.
CREATE TABLE view_reads (
    view_schema  VARCHAR NOT NULL,
    view_name    VARCHAR NOT NULL,
    table_schema VARCHAR NOT NULL,
    table_name   VARCHAR NOT NULL,
    column_name  VARCHAR NOT NULL,
    PRIMARY KEY (view_schema, view_name, table_schema, table_name, column_name),
    FOREIGN KEY (view_schema, view_name) REFERENCES stored_view
);

-- The value may be a limit, which is in no table.
CREATE TABLE view_context_value (
    view_schema   VARCHAR NOT NULL,
    view_name     VARCHAR NOT NULL,
    context_value VARCHAR NOT NULL,
    PRIMARY KEY (view_schema, view_name, context_value),
    FOREIGN KEY (view_schema, view_name) REFERENCES stored_view
);
