// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A parameter of the server, in the order in which they are listed. */
enum Parameter {
    PLUGIN_SERVER("plugin_server", "The plugins repository URL", "L'URL du dépôt de plugins") {
        @Override
        String checked(String value) throws ApiException {
            url(value, "no scheme: ", "no hostname: ");
            return value;
        }
    },
    HTTP_PROXY("http_proxy", "The proxy for HTTP requests, as http://[user:password@]host:port", "Le proxy pour HTTP") {
        @Override
        String checked(String value) throws ApiException {
            return proxy(value);
        }
    },
    FTP_PROXY("ftp_proxy", "The proxy for FTP requests, as http://[user:password@]host:port", "Le proxy pour FTP") {
        @Override
        String checked(String value) throws ApiException {
            return proxy(value);
        }
    },
    HTTPS_PROXY("https_proxy", "The proxy for HTTPS requests, as host:port", "Le proxy pour HTTPS, host:port") {
        @Override
        String checked(String value) throws ApiException {
            if (value.isEmpty()) {
                throw ApiException.badRequest("zero-length value");
            }
            if (value.contains("://")) {
                throw ApiException.badRequest("scheme and hostname: " + withoutUser(value));
            }
            if (!value.matches("(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::[0-9]{1,5})?")) {
                throw ApiException.badRequest("not a host or host:port");
            }
            return value;
        }
    },
    LOCALE("locale", "The current locale, such as fr_CA", "La locale courante, par exemple fr_CA") {
        @Override
        String checked(String value) throws ApiException {
            if (value.isEmpty()) {
                return null;
            }
            if (!value.matches("[a-z]{2,3}(?:_[A-Z]{2,3})?")) {
                throw ApiException.badRequest("Invalid locale " + value);
            }
            return value;
        }
    },
    NAT(
            "NAT",
            "Set to 1 if all the devices are behind a NAT",
            "Mettre à 1 si tous les terminaux sont derrière un NAT") {
        @Override
        String checked(String value) throws ApiException {
            if (value.equals("0") || value.equals("1")) {
                return value;
            }
            throw ApiException.badRequest("Invalid value for NAT: \"0\" or \"1\" is needed");
        }
    },
    PROVISIONING_KEY(
            "provisioning_key",
            "The tenant's provisioning key, 8 to 256 characters long",
            "La clé de provisioning du tenant, de 8 à 256 caractères") {
        @Override
        String checked(String value) throws ApiException {
            if (value.isEmpty()) {
                return null;
            }
            if (value.length() < 8 || value.length() > 256) {
                throw ApiException.badRequest("provisioning_key should be [8, 256] characters long.");
            }
            if (!value.matches("[a-zA-Z0-9$~.-]+")) {
                throw ApiException.badRequest("provisioning_key: only letters, digits and - $ ~ . are allowed.");
            }
            return value;
        }
    };

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://");
    private static final Pattern URL = Pattern.compile(SCHEME + "(?:[^/?#\\s]*@)?"
            + "(?:[A-Za-z0-9._~%-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{0,5})?(?<rest>(?:[/?#]\\S*)?)");

    private final String id;
    private final String english;
    private final String french;

    Parameter(String id, String english, String french) {
        this.id = id;
        this.english = english;
        this.french = french;
    }

    /** The one of this name, which is told apart by case. */
    static Optional<Parameter> of(String id) {
        return Arrays.stream(values())
                .filter(parameter -> parameter.id.equals(id))
                .findFirst();
    }

    String id() {
        return id;
    }

    /** @param locale empty for none */
    String description(String locale) {
        return locale.equals("fr") || locale.startsWith("fr_") ? french : english;
    }

    /** What is stored; null for nothing. @throws ApiException 400 */
    String check(String value) throws ApiException {
        return value == null ? null : checked(value);
    }

    abstract String checked(String value) throws ApiException;

    private static String proxy(String value) throws ApiException {
        Matcher url = url(value, "No scheme: ", "No hostname: ");
        if (!url.group("rest").isEmpty()) {
            throw ApiException.badRequest("Path: " + withoutUser(value));
        }
        return value;
    }

    /** In its parts; {@code host:8080} is taken for a URL without a scheme. */
    private static Matcher url(String value, String noScheme, String noHost) throws ApiException {
        if (!SCHEME.matcher(value).lookingAt()) {
            throw ApiException.badRequest(noScheme + withoutUser(value));
        }
        Matcher url = URL.matcher(value);
        if (!url.matches()) {
            throw ApiException.badRequest(noHost + withoutUser(value));
        }
        return url;
    }

    /** A password is not repeated in an error. */
    private static String withoutUser(String value) {
        return value.replaceFirst("(?s)^((?:[^@]*?://)?).*@", "$1");
    }
}
