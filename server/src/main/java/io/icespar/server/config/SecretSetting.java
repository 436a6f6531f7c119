package io.icespar.server.config;

import io.icespar.engine.config.SettingsFile.Section;
import io.icespar.security.identity.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A secret as a configuration has it: under a key, or in a file that the key with {@code -file} names, or else in an
 * environment variable.
 *
 * @param given the secret, unless it is in a file
 * @param file the file that it is in
 */
record SecretSetting(Optional<Secret> given, Optional<Path> file) {

    /** Looks it up; it is a problem if there is more than one, and if the file is none to read a secret from. */
    static SecretSetting find(Section section, String key, Map<String, String> environment, String variable) {
        String fileKey = key + "-file";
        Optional<Secret> given = section.findSecret(key);
        Optional<Path> file = section.findFile(fileKey);
        if (given.isPresent() && file.isPresent()) {
            section.problem(
                    section.at(fileKey), "there are both `" + key + "` and `" + fileKey + "`, expected one of them");
        }
        if (given.isPresent()) {
            return new SecretSetting(given, Optional.empty());
        }
        if (file.isEmpty()) {
            return new SecretSetting(
                    Optional.ofNullable(environment.get(variable)).map(Secret::new), Optional.empty());
        }
        SecretSetting setting = new SecretSetting(Optional.empty(), file);
        try {
            if (Files.isRegularFile(file.get())
                    && setting.read().filter(secret -> secret.value().isEmpty()).isPresent()) {
                section.problem(section.at(fileKey), "`" + fileKey + "` is an empty file");
            }
        } catch (IOException e) {
            section.problem(section.at(fileKey), "`" + fileKey + "` cannot be read as UTF-8 text");
        }
        return setting;
    }

    /** The secret that it is now; empty if there is none. */
    Optional<Secret> read() throws IOException {
        return file.isPresent()
                ? Optional.of(new Secret(Files.readString(file.get()).strip()))
                : given;
    }
}
