package io.icespar.server.console;

import picocli.CommandLine.Command;

/** {@code icespar security}: what is done with the security state as a whole. */
@Command(
        name = "security",
        description = "Works on users, roles, restrictions and all else that says who may see what.",
        subcommands = SecurityExport.class,
        mixinStandardHelpOptions = true,
        versionProvider = Icespar.Version.class,
        synopsisSubcommandLabel = "COMMAND")
final class SecurityTools {}
