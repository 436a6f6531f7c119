package io.icespar.server.console;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code icespar security export}: the security state of a running server as a script that makes it again. */
@Command(
        name = "export",
        description = {
            "Writes who may see what as a script of SQL commands, which makes the same of an empty security store: as",
            "`security.bootstrap` of a new server, or with `icespar sql -f` on a running one.",
            "Only administrators can. A password that is needed is taken from the variable ICESPAR_PASSWORD, or asked",
            "for."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Icespar.Version.class)
final class SecurityExport implements Callable<Integer> {
    @Mixin
    private ServerLogin login = new ServerLogin();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "The file to write, readable for its owner only (default: standard output).")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--no-passwords",
            description = "Leaves out the hashes of passwords: nobody logs in by one until it is set anew.")
    private boolean withoutPasswords;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try (Connection connection = login.connect()) {
            return export(connection).number();
        } catch (SQLException e) {
            return failed(e.getMessage(), ExitCode.of(e)).number();
        }
    }

    private ExitCode export(Connection connection) {
        try {
            write(script(connection));
            return ExitCode.OK;
        } catch (SQLException e) {
            return failed(e.getMessage(), ExitCode.STATEMENT);
        } catch (IOException e) {
            return failed("the file `" + output.map(Path::toString).orElse("") + "` cannot be written", ExitCode.IO);
        }
    }

    private void write(String script) throws IOException {
        if (output.isPresent()) {
            PrivateFile.write(output.get(), script);
        } else {
            PrintWriter out = spec.commandLine().getOut();
            out.print(script);
            out.flush();
        }
    }

    private ExitCode failed(@Nullable String text, ExitCode code) {
        spec.commandLine().getErr().println("icespar: " + text);
        return code;
    }

    private String script(Connection connection) throws SQLException {
        StringBuilder script = new StringBuilder("-- Who may see what, as commands that make it of an empty store.\n");
        if (!withoutPasswords) {
            script.append("-- It holds the hashes of passwords: keep it from others.\n");
        }
        try (Statement statement = connection.createStatement();
                ResultSet commands = statement.executeQuery(
                        "SHOW SECURITY SCRIPT" + (withoutPasswords ? " WITHOUT PASSWORDS" : ""))) {
            while (commands.next()) {
                script.append(commands.getString(1)).append(";\n");
            }
        }
        return script.toString();
    }
}
