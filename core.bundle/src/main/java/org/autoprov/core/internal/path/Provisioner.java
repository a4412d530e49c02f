// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.internal.config.ConfigDirectory;
import org.autoprov.core.internal.device.DeviceDirectory;
import org.autoprov.core.internal.plugin.Plugin;
import org.autoprov.core.internal.plugin.PluginRegistry;
import org.autoprov.core.internal.render.Renderer;
import org.autoprov.core.internal.server.Batch;
import org.autoprov.core.internal.server.CoreSettings;
import org.autoprov.core.internal.server.DataFolder;
import org.autoprov.core.internal.server.Ledger;
import org.autoprov.core.internal.server.Lifecycle;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneReply.Status;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.service.PluginService;
import org.autoprov.core.service.ProvisioningService;
import org.autoprov.core.service.RefusedException;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The path of a request: identify, find, update, admit, answer. */
@Component(
        configurationPid = CoreSettings.PID,
        configurationPolicy = org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE)
public final class Provisioner implements ProvisioningService {

    private static final Logger LOG = LoggerFactory.getLogger(Provisioner.class);

    private final Ledger ledger;
    private final PluginRegistry plugins;
    private final Renderer renderer;
    private final Monitor monitor;
    private final CoreSettings settings;
    private final DataFolder folder;
    private final SecurityLog securityLog;
    private final Finder finder;
    private final SharedAddress sharedAddress;
    private final Arrivals arrivals;
    private final Updater updater;
    private final Admission admission;
    private final KnownPhones knownPhones;
    private final Recognition recognition = new Recognition();
    private final boolean urlKey;

    @Activate
    public Provisioner(
            BundleContext context,
            @Reference Lifecycle lifecycle,
            @Reference Monitor monitor,
            @Reference PluginService installedPlugins, // no phone is served before the plugins are back
            CoreSettings settings) {
        this.ledger = lifecycle.ledger();
        this.plugins = lifecycle.plugins();
        this.renderer = lifecycle.renderer();
        this.monitor = monitor;
        this.settings = settings;
        this.folder = DataFolder.of(context);
        this.securityLog = new SecurityLog(folder.root().resolve("log"));
        boolean secure = settings.identification_retriever().equals("secure");
        this.finder = new Finder(ledger.devices(), !secure);
        this.sharedAddress = new SharedAddress(ledger.devices(), renderer, folder);
        Arrivals newcomers = new Arrivals(lifecycle, finder, securityLog);
        this.arrivals = secure ? null : newcomers;
        this.updater = settings.identification_updater().equals("secure") ? null : new Updater(lifecycle, newcomers);
        this.admission = new Admission(ledger, settings);
        this.urlKey = settings.phones_http_auth().equals("url_key");
        this.knownPhones =
                new KnownPhones(lifecycle, monitor, recognition, admission, securityLog, updater != null, urlKey);
    }

    @Deactivate
    void close() {
        securityLog.close();
    }

    /** Who asks, as far as the first steps found out; filled on the way, for the log. */
    private static final class Sender {
        PhoneRequest opened;
        PluginRegistry.Snapshot plugins;
        Identified identified;
        DeviceInfo info;
        DeviceDirectory.Entry entry;
        Device device;
        Admission.Verdict verdict;

        /** Null when none is known, or it is not installed. */
        Plugin plugin() {
            return device == null || plugins == null ? null : plugins.get(device.plugin());
        }
    }

    /** What is done once the sender is known. */
    private interface Answer {
        PhoneReply give(Sender sender, PhoneRequest request, Trace trace) throws IOException;
    }

    @Override
    public Optional<PhoneReply> provisionAtOnce(PhoneRequest request) {
        return Optional.ofNullable(knownPhones.answer(request));
    }

    @Override
    public PhoneReply provision(PhoneRequest request) {
        try {
            return process(request, this::answer);
        } catch (IOException e) {
            throw new IllegalStateException(e); // reading raises none
        }
    }

    @Override
    public PhoneReply upload(PhoneRequest request, InputStream body, long length) throws IOException {
        return process(request, (sender, opened, trace) -> keep(sender, opened, body, length, trace));
    }

    @Override
    public void observe(PhoneRequest request) {
        try {
            process(request, (sender, opened, trace) -> PhoneReply.of(Status.STORED, "observed"));
        } catch (IOException e) {
            throw new IllegalStateException(e); // observing raises none
        }
    }

    private PhoneReply process(PhoneRequest request, Answer answer) throws IOException {
        long start = System.nanoTime();
        Trace trace = new Trace(monitor.isFollowed());
        Sender sender = new Sender();
        PhoneReply reply;
        try {
            reply = steps(request, sender, answer, trace);
        } catch (RuntimeException e) {
            LOG.error("{} failed", LogText.escape((sender.opened != null ? sender.opened : request).toString()), e);
            reply = PhoneReply.of(Status.FAILED, "internal error: " + e);
        }
        // Without the tenant's key, which is a secret.
        PhoneRequest shown = sender.opened != null ? sender.opened : request;
        monitor.done(shown, reply, sender.device, sender.plugin(), trace, start);
        return reply;
    }

    private PhoneReply steps(PhoneRequest request, Sender sender, Answer answer, Trace trace) throws IOException {
        PhoneRequest opened = open(request);
        sender.opened = opened;
        if (opened == null) {
            return PhoneReply.notFound("no tenant has this URL key");
        }
        identify(sender, opened, trace);
        PhoneReply failure = find(sender, opened, trace);
        if (failure != null) {
            return failure;
        }
        sender.device = sender.entry.device();
        sender.entry.seen(System.currentTimeMillis(), renderer.reached(opened));
        if (!mayUseKey(opened, sender.device)) {
            return PhoneReply.notFound("the URL key is another tenant's");
        }
        sender.verdict = admission.judge(sender.device, opened, sender.info.ip());
        if (updater != null && sender.verdict != Admission.Verdict.UNPROVEN) {
            sender.device = updater.update(sender.entry, sender.identified, opened, trace);
        }
        return answer.give(sender, opened, trace);
    }

    /** With all plugins that should be there: while one is being exchanged the request waits, and is looked at again. */
    private void identify(Sender sender, PhoneRequest request, Trace trace) {
        do {
            plugins.awaitSettled();
            sender.plugins = plugins.snapshot();
            sender.identified = Identification.identify(request, sender.plugins, trace);
            sender.info = sender.identified.info();
        } while (!plugins.isSettled());
        recognition.learn(request, sender.plugins, sender.info);
    }

    /** Takes the tenant's key off the path; null when there is none that is right. */
    private PhoneRequest open(PhoneRequest request) {
        boolean http = switch (request.protocol()) {
            case HTTP, HTTPS -> true;
            default -> false;
        };
        if (!urlKey || !http) {
            return request;
        }
        String path = request.path();
        int slash = path.indexOf('/');
        String key = slash < 0 ? path : path.substring(0, slash);
        Tenant tenant = key.isEmpty() ? null : ledger.tenants().byKey(key);
        return tenant == null ? null : request.withTenant(tenant.id(), slash < 0 ? "" : path.substring(slash + 1));
    }

    private boolean mayUseKey(PhoneRequest request, Device device) {
        return request.tenant() == null
                || !settings.phones_http_auth_tenant()
                || device.isNew()
                || request.tenant().equals(device.tenant());
    }

    private PhoneReply find(Sender sender, PhoneRequest request, Trace trace) {
        sender.entry = finder.find(sender.info, trace);
        if (sender.entry != null) {
            return null;
        }
        Collection<Device> candidates = sharedAddress.candidates(sender.info);
        if (!candidates.isEmpty()) {
            return sharedAddress.answer(
                    candidates, request, sender.plugins, device -> mayUseKey(request, device), trace);
        }
        if (arrivals == null) {
            return PhoneReply.notFound("unknown device, and identification.retriever = secure adds none");
        }
        DeviceInfo info = sender.info;
        if (info.mac() == null && info.sn() == null && info.uuid() == null && info.vendor() == null) {
            return PhoneReply.notFound("the request says nothing of its sender that an installed plugin understands");
        }
        try {
            sender.entry = arrivals.add(sender.identified, renderer.reached(request), trace);
            return null;
        } catch (RefusedException e) {
            return PhoneReply.of(Status.UNAVAILABLE, "the new device cannot be stored: " + e.getMessage());
        }
    }

    private PhoneReply answer(Sender sender, PhoneRequest request, Trace trace) {
        Device device = sender.device;
        Plugin plugin = sender.plugins.get(device.plugin());
        if (plugin == null) {
            return PhoneReply.notFound(
                    device.plugin() == null ? "no plugin suits the device" : device.plugin() + " is not installed");
        }
        try {
            String path = plugin.path(request);
            Optional<PhoneFile> file = plugin.file(device, path);
            if (file.isEmpty()) {
                PhoneReply reply = FileArea.read(folder.files(plugin.id()), path);
                trace.step(() -> "answer: file area of " + plugin + ": " + reply.status());
                return reply;
            }
            return answer(sender, request, plugin, file.get(), trace);
        } catch (Plugin.FailedException e) {
            return PhoneReply.of(Status.FAILED, e.getMessage());
        }
    }

    private PhoneReply answer(Sender sender, PhoneRequest request, Plugin plugin, PhoneFile file, Trace trace) {
        if (file.access() == PhoneFile.Access.SECRET) {
            securityLog.sensitiveFile(sender.info.ip(), file.name());
            if (!admit(sender, trace)) {
                return PhoneReply.notFound("secret: asked for from " + sender.info.ip() + ", trusted is "
                        + sender.device.trustedAddress() + "; see the command autoprov:trust");
            }
        }
        if (file.writable()) {
            if (sender.verdict == Admission.Verdict.UNCLAIMED) { // what it sent is of somebody who had claimed it
                return PhoneReply.notFound("only a claimed device may read what it has sent");
            }
            return FileArea.read(folder.uploads(sender.device.id()), fileNameOf(file));
        }
        List<ConfigDirectory.Entry> lineage = renderer.lineage(sender.device);
        if (lineage == null) {
            return PhoneReply.notFound("the device has no config that exists");
        }
        try {
            PhoneReply reply = PhoneReply.served(
                    renderer.content(plugin, file, sender.device, lineage, renderer.reached(request)));
            trace.step(() -> "answer: " + plugin + " makes " + file.name());
            if (file.stateTrigger()
                    && request.action() == PhoneRequest.Action.READ
                    && !sender.entry.fetchedBefore(lineage.get(lineage.size() - 1))) {
                updater().ifPresent(u -> u.noteFetched(sender.entry));
            }
            return reply;
        } catch (Renderer.UnrenderableException e) {
            return PhoneReply.notFound("not configured: " + e.getMessage());
        }
    }

    private Optional<Updater> updater() {
        return Optional.ofNullable(updater);
    }

    /** Whether the sender may have the device's secrets; the first address of a claimed device becomes the trusted one. */
    private boolean admit(Sender sender, Trace trace) {
        trace.step(() -> "admit: " + sender.verdict);
        if (sender.verdict == Admission.Verdict.FIRST) {
            return trustFirst(sender);
        }
        return sender.verdict != Admission.Verdict.UNPROVEN;
    }

    private boolean trustFirst(Sender sender) {
        String ip = sender.info.ip();
        for (int attempt = 0; attempt < 3; attempt++) {
            Device now = sender.entry.device();
            if (now.trustedAddress() != null) {
                return now.trustedAddress().equals(ip);
            }
            Batch batch = ledger.batch("phone " + ip);
            batch.put(now.edit().trustedAddress(ip).build(), "trust", ip);
            try {
                ledger.commit(batch);
                sender.device = sender.entry.device();
                return true;
            } catch (RefusedException e) {
                if (e.reason() != RefusedException.Reason.STALE) {
                    return true; // the store is away: a known phone is still served, and nothing is promised
                }
            }
        }
        return false;
    }

    private PhoneReply keep(Sender sender, PhoneRequest request, InputStream body, long length, Trace trace)
            throws IOException {
        Plugin plugin = sender.plugins.get(sender.device.plugin());
        if (plugin == null) {
            return PhoneReply.notFound("the device has no installed plugin");
        }
        try {
            Optional<PhoneFile> file = plugin.file(sender.device, plugin.path(request));
            if (file.isEmpty() || !file.get().writable()) {
                return PhoneReply.of(Status.NOT_WRITABLE, "its plugin takes no such file");
            }
            if (sender.verdict == Admission.Verdict.UNCLAIMED || !admit(sender, trace)) {
                return PhoneReply.notFound("only a claimed device itself may write this");
            }
            Path area = folder.uploads(sender.device.id());
            return FileArea.write(area, fileNameOf(file.get()), body, length, settings.phones_upload_max());
        } catch (Plugin.FailedException e) {
            return PhoneReply.of(Status.FAILED, e.getMessage());
        }
    }

    private static String fileNameOf(PhoneFile file) {
        return file.name().replace('/', '_');
    }
}
