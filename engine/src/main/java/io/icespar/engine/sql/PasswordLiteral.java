package io.icespar.engine.sql;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.NewPassword;
import io.icespar.security.identity.PasswordHash;
import io.icespar.security.identity.Secret;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * A password as a command has it.
 *
 * @param password the password, or its hash
 * @param at where its literal stands in the command's text
 */
record PasswordLiteral(NewPassword password, SqlParserPos at) {

    /**
     * Reads a literal.
     *
     * @throws IcesparException {@code INVALID_PARAMETER} if it is to be a hash and is none that can be checked
     */
    static PasswordLiteral of(SqlNode literal, boolean isHash) {
        String text = SqlCommand.text(literal);
        return new PasswordLiteral(isHash ? hash(text, literal) : new Secret(text), literal.getParserPosition());
    }

    private static PasswordHash hash(String text, SqlNode literal) {
        return PasswordHash.find(text)
                .orElseThrow(() -> new IcesparException(
                        ErrorCode.INVALID_PARAMETER,
                        "a password's hash is one of bcrypt, as `$2a$10$` and 53 characters, with a cost of at most "
                                + PasswordHash.MAX_GIVEN_COST + SqlErrors.place(literal)));
    }

    static Command createUser(Name name, @Nullable PasswordLiteral password) {
        Optional<PasswordLiteral> given = Optional.ofNullable(password);
        return new Command.Security(
                new SecurityCommand.CreateUser(name, given.map(PasswordLiteral::password)),
                given.map(PasswordLiteral::at));
    }

    static Command alterUser(Name name, PasswordLiteral password) {
        return new Command.Security(
                new SecurityCommand.AlterUserPassword(name, password.password()), Optional.of(password.at()));
    }
}
