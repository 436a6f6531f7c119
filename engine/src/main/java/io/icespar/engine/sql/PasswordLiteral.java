package io.icespar.engine.sql;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.Secret;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * A password as a command has it.
 *
 * @param secret the password
 * @param at where its literal stands in the command's text
 */
record PasswordLiteral(Secret secret, SqlParserPos at) {

    static PasswordLiteral of(SqlNode literal) {
        return new PasswordLiteral(new Secret(SqlCommand.text(literal)), literal.getParserPosition());
    }

    static Command createUser(Name name, @Nullable PasswordLiteral password) {
        Optional<PasswordLiteral> given = Optional.ofNullable(password);
        return new Command.Security(
                new SecurityCommand.CreateUser(name, given.map(PasswordLiteral::secret)),
                given.map(PasswordLiteral::at));
    }

    static Command alterUser(Name name, PasswordLiteral password) {
        return new Command.Security(
                new SecurityCommand.AlterUserPassword(name, password.secret()), Optional.of(password.at()));
    }
}
