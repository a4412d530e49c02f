// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.device;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The stored record of one telephone. Immutable; a change makes a new one by {@link #edit}.
 *
 * <p>A text that the document holds as JSON null is absent here (null) but listed in {@link #others} with the value
 * null, because "there, but null" has a meaning: such a device is never associated with a plugin, or given an
 * onboarding config, by itself.
 */
public final class Device {

    private final String id;
    private final long revision;
    private final String tenant;
    private final MacAddress mac;
    private final String ip;
    private final String sn;
    private final String uuid;
    private final String vendor;
    private final String model;
    private final String version;
    private final String plugin;
    private final String config;
    private final boolean configured;
    private final boolean isNew;
    private final boolean addedByRequest;
    private final String description;
    private final String remoteStateSipUsername;
    private final String trustedAddress;
    private final boolean shared;
    private final Map<String, Object> options;
    private final Map<String, Object> others;

    private Device(Editor e) {
        this.id = Objects.requireNonNull(e.id, "id");
        this.revision = e.revision;
        this.tenant = e.tenant;
        this.mac = e.mac;
        this.ip = e.ip;
        this.sn = e.sn;
        this.uuid = e.uuid;
        this.vendor = e.vendor;
        this.model = e.model;
        this.version = e.version;
        this.plugin = e.plugin;
        this.config = e.config;
        this.configured = e.configured;
        this.isNew = e.isNew;
        this.addedByRequest = e.addedByRequest;
        this.description = e.description;
        this.remoteStateSipUsername = e.remoteStateSipUsername;
        this.trustedAddress = e.trustedAddress;
        this.shared = e.shared;
        this.options = e.options == null ? null : Collections.unmodifiableMap(e.options);
        this.others = e.others.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(e.others));
    }

    /** Unique; 32 lower-case hexadecimal digits unless a client chose another. */
    public String id() {
        return id;
    }

    /** Counts the stored changes of this document from 1; 0 means not stored. */
    public long revision() {
        return revision;
    }

    /** The id of the owning tenant; never null on a stored device. */
    public String tenant() {
        return tenant;
    }

    public MacAddress mac() {
        return mac;
    }

    /** The last known source address, canonical text; null when unknown. */
    public String ip() {
        return ip;
    }

    public String sn() {
        return sn;
    }

    public String uuid() {
        return uuid;
    }

    public String vendor() {
        return vendor;
    }

    public String model() {
        return model;
    }

    /** The firmware version as the phone last wrote it; null when unknown. */
    public String version() {
        return version;
    }

    /** The id of the managing plugin, which need not be installed; null when none. */
    public String plugin() {
        return plugin;
    }

    /** The id of its config, which need not exist; null when none. */
    public String config() {
        return config;
    }

    /** Whether a plugin has made this device's files from its config without an error. */
    public boolean configured() {
        return configured;
    }

    /** Whether it still belongs to the master tenant, where requests of unknown phones put it. */
    public boolean isNew() {
        return isNew;
    }

    /** Whether a request of an unknown phone made it, not an administrator. */
    public boolean addedByRequest() {
        return addedByRequest;
    }

    public String description() {
        return description;
    }

    /** The SIP user name in the configuration that the phone last fetched; null when it fetched none. */
    public String remoteStateSipUsername() {
        return remoteStateSipUsername;
    }

    /** The source address that may fetch this device's secret files; null until one is known (domain term: trust). */
    public String trustedAddress() {
        return trustedAddress;
    }

    /**
     * Whether its positions are open to lines of other tenants than its own, such as the ports of a gateway that several
     * customers use. It stays with its owner then.
     */
    public boolean shared() {
        return shared;
    }

    /** Options for its plugin, such as {@code switchboard}; empty when none. */
    public Map<String, Object> options() {
        return options == null ? Map.of() : options;
    }

    /** Whether the document holds options at all, also empty ones. */
    public boolean hasOptions() {
        return options != null;
    }

    /** Whether the named option is the JSON value true. */
    public boolean option(String name) {
        return Boolean.TRUE.equals(options().get(name));
    }

    /** Keys of the document that Autoprov has no meaning for, and those that are there with null; in stored order. */
    public Map<String, Object> others() {
        return others;
    }

    /** Whether the document has this key at all, be its value null or empty. */
    public boolean has(String key) {
        if (others.containsKey(key)) {
            return true;
        }
        return switch (key) {
            case "plugin" -> plugin != null;
            case "config" -> config != null;
            case "mac" -> mac != null;
            case "ip" -> ip != null;
            case "sn" -> sn != null;
            case "uuid" -> uuid != null;
            case "vendor" -> vendor != null;
            case "model" -> model != null;
            case "version" -> version != null;
            case "description" -> description != null;
            case "options" -> options != null;
            default -> false;
        };
    }

    /** An editor that starts from this record. */
    public Editor edit() {
        return new Editor(this);
    }

    public static Editor create(String id) {
        return new Editor(id);
    }

    /** Whether a plugin would make the same files for both: all that generation depends on is equal. */
    public boolean generatesAs(Device other) {
        return this == other
                || Objects.equals(plugin, other.plugin)
                        && Objects.equals(config, other.config)
                        && Objects.equals(mac, other.mac)
                        && Objects.equals(uuid, other.uuid)
                        && Objects.equals(sn, other.sn)
                        && Objects.equals(vendor, other.vendor)
                        && Objects.equals(model, other.model)
                        && Objects.equals(version, other.version)
                        && Objects.equals(tenant, other.tenant)
                        && options().equals(other.options());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Device that && id.equals(that.id) && revision == that.revision && sameContent(that);
    }

    /** Equality of everything but the revision. */
    public boolean sameContent(Device that) {
        return id.equals(that.id)
                && generatesAs(that)
                && hasOptions() == that.hasOptions()
                && configured == that.configured
                && isNew == that.isNew
                && addedByRequest == that.addedByRequest
                && Objects.equals(ip, that.ip)
                && Objects.equals(description, that.description)
                && Objects.equals(remoteStateSipUsername, that.remoteStateSipUsername)
                && Objects.equals(trustedAddress, that.trustedAddress)
                && shared == that.shared
                && others.equals(that.others);
    }

    @Override
    public int hashCode() {
        return id.hashCode() * 31 + Long.hashCode(revision);
    }

    @Override
    public String toString() {
        return "device " + id + (mac == null ? "" : " " + mac) + (model == null ? "" : " " + vendor + " " + model);
    }

    /** Builds a device; not thread-safe. A null value takes the part away. */
    public static final class Editor {
        private String id;
        private long revision;
        private String tenant;
        private MacAddress mac;
        private String ip;
        private String sn;
        private String uuid;
        private String vendor;
        private String model;
        private String version;
        private String plugin;
        private String config;
        private boolean configured;
        private boolean isNew;
        private boolean addedByRequest;
        private String description;
        private String remoteStateSipUsername;
        private String trustedAddress;
        private boolean shared;
        private Map<String, Object> options;
        private Map<String, Object> others = new LinkedHashMap<>();

        private Editor(String id) {
            this.id = id;
        }

        private Editor(Device d) {
            id = d.id;
            revision = d.revision;
            tenant = d.tenant;
            mac = d.mac;
            ip = d.ip;
            sn = d.sn;
            uuid = d.uuid;
            vendor = d.vendor;
            model = d.model;
            version = d.version;
            plugin = d.plugin;
            config = d.config;
            configured = d.configured;
            isNew = d.isNew;
            addedByRequest = d.addedByRequest;
            description = d.description;
            remoteStateSipUsername = d.remoteStateSipUsername;
            trustedAddress = d.trustedAddress;
            shared = d.shared;
            options = d.options;
            others = new LinkedHashMap<>(d.others);
        }

        public Editor revision(long value) {
            revision = value;
            return this;
        }

        public Editor tenant(String value) {
            tenant = value;
            return this;
        }

        public Editor mac(MacAddress value) {
            mac = value;
            return known("mac", value);
        }

        public Editor ip(String value) {
            ip = value;
            return known("ip", value);
        }

        public Editor sn(String value) {
            sn = value;
            return known("sn", value);
        }

        public Editor uuid(String value) {
            uuid = value;
            return known("uuid", value);
        }

        public Editor vendor(String value) {
            vendor = value;
            return known("vendor", value);
        }

        public Editor model(String value) {
            model = value;
            return known("model", value);
        }

        public Editor version(String value) {
            version = value;
            return known("version", value);
        }

        public Editor plugin(String value) {
            plugin = value;
            return known("plugin", value);
        }

        public Editor config(String value) {
            config = value;
            return known("config", value);
        }

        public Editor configured(boolean value) {
            configured = value;
            return this;
        }

        public Editor isNew(boolean value) {
            isNew = value;
            return this;
        }

        public Editor addedByRequest(boolean value) {
            addedByRequest = value;
            return this;
        }

        public Editor description(String value) {
            description = value;
            return known("description", value);
        }

        public Editor remoteStateSipUsername(String value) {
            remoteStateSipUsername = value;
            return this;
        }

        public Editor trustedAddress(String value) {
            trustedAddress = value;
            return this;
        }

        public Editor shared(boolean value) {
            shared = value;
            return this;
        }

        public Editor options(Map<String, Object> value) {
            options = value;
            return known("options", value);
        }

        /** Keeps a key that Autoprov has no meaning for, or notes that a known one is there with null. */
        public Editor other(String key, Object value) {
            others.put(key, value);
            return this;
        }

        private Editor known(String key, Object value) {
            if (value != null) {
                others.remove(key);
            }
            return this;
        }

        public Device build() {
            return new Device(this);
        }
    }
}
