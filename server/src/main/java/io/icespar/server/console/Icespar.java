package io.icespar.server.console;

import io.icespar.security.error.IcesparException;
import java.io.PrintWriter;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The program {@code icespar}. */
@Command(
        name = "icespar",
        description = "A SQL engine in which every caller sees only what that caller may see.",
        subcommands = {Serve.class, Sql.class, SecurityTools.class},
        mixinStandardHelpOptions = true,
        versionProvider = Icespar.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        synopsisSubcommandLabel = "COMMAND",
        footer = "%nicespar COMMAND --help tells more of a command.")
public final class Icespar {
    private static final Logger LOG = LoggerFactory.getLogger(Icespar.class);

    private Icespar() {}

    /** Runs a command and exits. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        var commandLine = new CommandLine(new Icespar());
        commandLine.getCommandSpec().usageMessage().exitCodeList(ExitCode.describe());
        exitOnInvalidInput(commandLine);
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> fail(failure, command.getErr()));
        return commandLine;
    }

    private static void exitOnInvalidInput(CommandLine command) {
        command.getCommandSpec().exitCodeOnInvalidInput(ExitCode.USAGE.number());
        command.getSubcommands().values().forEach(Icespar::exitOnInvalidInput);
    }

    /** Says what went wrong, for whoever typed the command; a trace only of what nobody foresaw, and in the log. */
    private static int fail(Exception failure, PrintWriter err) {
        if (failure instanceof IcesparException known) {
            ExitCode code = ExitCode.of(known);
            if (code == ExitCode.SOFTWARE) {
                LOG.error("failed", known);
            }
            known.getMessage().lines().forEach(line -> err.println("icespar: " + line));
            return code.number();
        }
        LOG.error("failed", failure);
        err.println("icespar: internal error, see the log");
        return ExitCode.SOFTWARE.number();
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"Icespar " + number()};
        }

        static String number() {
            return Optional.ofNullable(Icespar.class.getPackage().getImplementationVersion())
                    .orElse("(not packaged)");
        }
    }
}
