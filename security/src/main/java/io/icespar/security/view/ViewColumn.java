package io.icespar.security.view;

import io.icespar.security.identity.Name;

/**
 * A column of a view.
 *
 * @param name its name, unique in the view
 * @param type the type that it had when the view was created, as SQL writes it
 */
public record ViewColumn(Name name, String type) {}
