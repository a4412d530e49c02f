// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.legacy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.internal.config.BaseRawConfig;
import org.autoprov.core.internal.config.ConfigValidation;
import org.autoprov.core.internal.json.Json;
import org.autoprov.core.internal.server.DataFolder;
import org.autoprov.core.service.ImportReport.Outcome;
import org.autoprov.core.service.ParameterService;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;

/** The parameters of the whole server and the root of all inheritance. For one run. */
final class ParameterImport {

    private static final List<String> TAKEN = List.of(
            ParameterService.HTTP_PROXY,
            ParameterService.FTP_PROXY,
            ParameterService.HTTPS_PROXY,
            ParameterService.LOCALE,
            ParameterService.NAT);

    /** Where phones reach a server; this one has settings for its own. */
    private static final List<String> SERVER_ADDRESS = List.of("ip", "http_port", "http_base_url", "tftp_port");

    private final ParameterService parameters;
    private final BaseRawConfig base;
    private final Path baseFile;
    private final String actor;
    private final boolean dryRun;
    private final boolean overwrite;
    private final Tally tally;

    ParameterImport(
            ParameterService parameters,
            BaseRawConfig base,
            Path baseFile,
            String actor,
            boolean dryRun,
            boolean overwrite,
            Tally tally) {
        this.parameters = parameters;
        this.base = base;
        this.baseFile = baseFile;
        this.actor = actor;
        this.dryRun = dryRun;
        this.overwrite = overwrite;
        this.tally = tally;
    }

    /** @param json of {@code app.json} */
    void parameters(Map<String, Object> json) throws RefusedException {
        for (String name : TAKEN) {
            try {
                Object value = json.get(name);
                if (value != null && !value.equals("")) {
                    tally.done(Tally.PARAMETERS, parameter(name, value));
                }
            } catch (NotTakenException e) {
                tally.notTaken(Tally.PARAMETERS, LegacyFolder.PARAMETERS, e);
            }
        }
        if (json.get(ParameterService.PLUGIN_SERVER) != null) {
            tally.remark(
                    LegacyFolder.PARAMETERS,
                    ParameterService.PLUGIN_SERVER,
                    Outcome.ALTERED,
                    "is left out: the plugins there are not for this server");
        }
    }

    private Tally.Done parameter(String name, Object value) throws NotTakenException, RefusedException {
        boolean whole = value instanceof Long && name.equals(ParameterService.NAT);
        if (!(value instanceof String) && !whole) {
            throw LegacyDocuments.refused(name, "must be a text");
        }
        String text = value.toString();
        Optional<String> here = parameters.get(name);
        if (here.isPresent() && here.get().equals(text)) {
            return Tally.Done.SAME;
        }
        boolean unset = name.equals(ParameterService.NAT) && text.equals("0") && here.isEmpty();
        if (unset) {
            return Tally.Done.SAME;
        }
        if (here.isPresent() && !overwrite) {
            throw LegacyDocuments.conflict(name, "has another value here");
        }
        if (!dryRun) {
            try {
                parameters.set(actor, name, text);
            } catch (RefusedException e) {
                if (e.reason() == Reason.UNAVAILABLE) {
                    throw e;
                }
                throw LegacyDocuments.refused(name, "is not allowed here"); // the reason may quote a proxy's password
            }
        }
        return here.isPresent() ? Tally.Done.REPLACED : Tally.Done.ADDED;
    }

    /** Takes the base raw config over where the folder has one. */
    void base(LegacyFolder folder) {
        String name = folder.baseRawConfigName();
        if (name == null) {
            return;
        }
        try {
            Map<String, Object> wanted =
                    new LinkedHashMap<>(folder.baseRawConfig(name).json());
            if (wanted.keySet().removeAll(SERVER_ADDRESS)) {
                tally.remark(name, "", Outcome.ALTERED, "the server's address is left out: this one has its own");
            }
            tally.done(Tally.BASE, base(wanted));
        } catch (NotTakenException e) {
            tally.notTaken(Tally.BASE, name, e);
        }
    }

    private Tally.Done base(Map<String, Object> wanted) throws NotTakenException {
        try {
            ConfigValidation.check(wanted);
        } catch (InvalidConfigException e) {
            throw LegacyDocuments.refused("", NotTakenException.shortened(e.getMessage()));
        }
        Map<String, Object> here = base.parameters();
        if (here.equals(wanted)) {
            return Tally.Done.SAME;
        }
        if (!here.isEmpty() && !overwrite) {
            throw LegacyDocuments.conflict(
                    "", "is here with another " + LegacyDocuments.differences(Json.write(here), Json.write(wanted)));
        }
        if (!dryRun) {
            try {
                DataFolder.write(baseFile, Json.writePretty(wanted) + "\n"); // noticed like any change of that file
            } catch (IOException e) {
                throw LegacyDocuments.refused("", "base-raw-config.json cannot be written");
            }
        }
        return here.isEmpty() ? Tally.Done.ADDED : Tally.Done.REPLACED;
    }
}
