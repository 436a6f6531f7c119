package io.icespar.server.tls;

import java.nio.file.Path;
import java.util.List;

/**
 * What was read of some files.
 *
 * @param fingerprint which contents of the files it is of
 * @param value what they hold
 */
record Read<T>(String fingerprint, T value) {

    /** Makes something of what is in files. */
    interface Reader<T> {
        /**
         * Makes it.
         *
         * @throws UnusableFile if the files do not hold it
         */
        T read(FileContents contents) throws UnusableFile;
    }

    static <T> Read<T> of(List<Path> files, Reader<T> reader) throws UnusableFile {
        FileContents contents = new FileContents(files);
        return new Read<>(contents.fingerprint(), reader.read(contents));
    }

    /**
     * What the files hold now; this if that is no good.
     *
     * @param flaws gets why it is not
     */
    Read<T> newest(List<Path> files, Reader<T> reader, List<String> flaws) {
        FileContents contents = new FileContents(files);
        if (contents.fingerprint().equals(fingerprint)) {
            return this;
        }
        try {
            return new Read<>(contents.fingerprint(), reader.read(contents));
        } catch (UnusableFile e) {
            flaws.add(e.text());
            return this;
        }
    }
}
