// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.repository;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a repository is: a folder, or a URL.
 *
 * @param folder null for a URL
 * @param index the index file's URL; null for a folder
 */
record RepositorySource(Path folder, URI index) {

    /**
     * @param location a path, or a URL of a folder or of an {@code .xml} or {@code .xml.gz} file
     * @throws IllegalArgumentException when it is no URL that can be used
     */
    static RepositorySource of(String location) {
        if (location.startsWith("file:")) {
            return new RepositorySource(Path.of(URI.create(location)), null);
        }
        if (!location.contains("://")) {
            return new RepositorySource(Path.of(location), null);
        }
        try {
            URI uri = new URI(location);
            String path = uri.getRawPath() == null ? "" : uri.getRawPath();
            if (path.endsWith(".xml") || path.endsWith(".xml.gz")) {
                return new RepositorySource(null, uri);
            }
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            String folder = location.contains("?") ? location.substring(0, location.indexOf('?')) : location;
            return new RepositorySource(
                    null, new URI(folder + (path.endsWith("/") ? "" : "/") + IndexWriter.FILE + query));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the repository's URL is no URL");
        }
    }

    boolean isFolder() {
        return folder != null;
    }

    /** For people. */
    String shown() {
        return isFolder() ? folder.toString() : Download.shown(index);
    }

    /**
     * The URL of a resource of this repository.
     *
     * @throws IOException when it leads out of the folder, or from the network to a file
     */
    URI locate(URI url) throws IOException {
        if (!isFolder()) {
            URI absolute = index.resolve(url);
            String scheme = Download.scheme(absolute);
            if (!scheme.equals("http") && !scheme.equals("https") && !scheme.equals("ftp")) {
                throw new IOException("the index names a file with the scheme " + scheme);
            }
            return inherited(absolute);
        }
        if (url.isAbsolute() && !Download.scheme(url).equals("file")) {
            return url;
        }
        Path root = folder.toRealPath();
        Path file;
        try {
            file = Path.of(root.toUri().resolve(url));
        } catch (IllegalArgumentException e) {
            throw new IOException("the index names what is no file: " + Download.shown(url), e);
        }
        if (!Files.isRegularFile(file) || !file.toRealPath().startsWith(root)) {
            throw new IOException("the index names " + Download.shown(url) + ", which is not in its folder");
        }
        return file.toUri();
    }

    /** User and password of the index are good for the files beside it. */
    private URI inherited(URI absolute) throws IOException {
        boolean same = absolute.getUserInfo() == null
                && index.getUserInfo() != null
                && index.getHost() != null
                && index.getHost().equalsIgnoreCase(absolute.getHost())
                && index.getPort() == absolute.getPort()
                && Download.scheme(index).equals(Download.scheme(absolute));
        try {
            return same
                    ? new URI(absolute.getScheme() + "://" + index.getRawUserInfo() + "@"
                            + absolute.toString().substring(absolute.getScheme().length() + 3))
                    : absolute;
        } catch (URISyntaxException e) {
            throw new IOException("the index names what is no URL", e);
        }
    }
}
