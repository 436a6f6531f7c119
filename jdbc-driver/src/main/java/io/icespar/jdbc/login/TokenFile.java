package io.icespar.jdbc.login;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** An access token in a file, which something else keeps fresh. The file is read for each request. */
final class TokenFile implements Credentials {
    private static final int MAX_BYTES = 65_536;

    private final Path file;

    TokenFile(Path file) {
        this.file = file;
    }

    @Override
    public String authorization() throws LoginException {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES);
        } catch (IOException e) {
            throw LoginException.refused("the file of the access token, `" + file + "`, cannot be read");
        }
        var token = new String(bytes, StandardCharsets.UTF_8).strip();
        if (bytes.length == MAX_BYTES || !BearerToken.isWellFormed(token)) {
            throw LoginException.refused("the file `" + file + "` holds no access token, or more than that");
        }
        return BearerToken.authorization(new Secret(token));
    }

    @Override
    public Optional<String> afterRefusal(String refused) throws LoginException {
        return Optional.of(authorization()).filter(now -> !now.equals(refused));
    }

    @Override
    public String meaning(Refusal refusal) {
        return BearerToken.meaning(refusal, "the access token in `" + file + "`", "put a new one there");
    }

    @Override
    public String holder() {
        return "the holder of the access token";
    }
}
