-- Which context values the expression of a mask reads.
CREATE TABLE mask_context_value (
    mask          VARCHAR NOT NULL REFERENCES mask,
    context_value VARCHAR NOT NULL REFERENCES context_value,
    PRIMARY KEY (mask, context_value)
);
