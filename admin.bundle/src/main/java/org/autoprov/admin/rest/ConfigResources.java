// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.autoprov.admin.ApiReply;
import org.autoprov.core.config.Config;
import org.autoprov.core.service.ConfigService;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;

/** What is below {@code /0.2/cfg_mgr}. */
final class ConfigResources {

    private static final String MANAGER = "/0.2/cfg_mgr";
    private static final String COLLECTION = MANAGER + "/configs";
    private static final String AUTOCREATE = MANAGER + "/autocreate";
    private static final int TRIES = 5;

    private final ConfigService configs;

    ConfigResources(ConfigService configs) {
        this.configs = configs;
    }

    List<Route> routes() {
        String access = "provd.cfg_mgr.configs";
        return List.of(
                Route.index(MANAGER, "provd.cfg_mgr.read", "cfg.configs", "configs", "cfg.autocreate", "autocreate"),
                Route.get(COLLECTION, access + ".read", this::list),
                Route.post(COLLECTION, access + ".create", this::create),
                Route.get(COLLECTION + "/{id}", access + ".{id}.read", this::get),
                Route.put(COLLECTION + "/{id}", access + ".{id}.update", this::update),
                Route.delete(COLLECTION + "/{id}", access + ".{id}.delete", this::delete),
                Route.get(COLLECTION + "/{id}/raw", access + ".{id}.raw.read", this::raw),
                Route.post(AUTOCREATE, "provd.cfg_mgr.autocreate.create", this::autocreate));
    }

    private ApiReply list(Call call) throws ApiException {
        Collection<Config> all = configs.all();
        Stream<Map<String, Object>> documents = all.stream().map(ConfigDocuments::write);
        Iterator<Map<String, Object>> found =
                Selectors.query(call.query()).apply(documents).iterator();
        return Reply.list("configs", found, all.size() > Reply.MANY);
    }

    private ApiReply create(Call call) throws ApiException, RefusedException {
        Map<String, Object> json = call.wrapped("config");
        Config config = ConfigDocuments.read(Ids.ofNew(json), json);
        if (configs.get(config.id()).isPresent()) {
            throw ApiException.badRequest(config.id());
        }
        try {
            return Reply.created(
                    COLLECTION, configs.create(call.caller().actor(), config).id());
        } catch (RefusedException e) {
            // A conflict need not be about the id; that the store overtook us is.
            throw e.reason() == Reason.STALE ? new RefusedException(Reason.CONFLICT, config.id()) : e;
        }
    }

    private ApiReply get(Call call) throws ApiException {
        return Reply.json(Map.of("config", ConfigDocuments.write(existing(call))));
    }

    private Config existing(Call call) throws ApiException {
        return configs.get(call.variable("id")).orElseThrow(ApiException::noSuchResource);
    }

    private ApiReply raw(Call call) throws ApiException {
        return Reply.json(
                Map.of("raw_config", configs.flattened(call.variable("id")).orElseThrow(ApiException::noSuchResource)));
    }

    private ApiReply update(Call call) throws ApiException, RefusedException {
        String id = existing(call).id();
        Map<String, Object> json = call.wrapped("config");
        try {
            Config config = ConfigDocuments.read(id, json);
            untilNotOvertaken(() -> configs.update(call.caller().actor(), config));
            return Reply.done();
        } catch (ApiException e) {
            throw new ApiException(500, e.getMessage()); // clients know it so
        } catch (RefusedException e) {
            switch (e.reason()) {
                case NOT_FOUND -> throw ApiException.noSuchResource();
                case INVALID, CONFLICT -> throw new ApiException(500, e.getMessage());
                default -> throw e;
            }
        }
    }

    private ApiReply delete(Call call) throws ApiException, RefusedException {
        Config config = existing(call);
        try {
            untilNotOvertaken(() -> configs.delete(call.caller().actor(), config.id()));
            return Reply.done();
        } catch (RefusedException e) {
            if (e.reason() == Reason.CONFLICT) {
                throw new ApiException(403, "The config " + config.id() + " is not deletable");
            }
            if (e.reason() == Reason.NOT_FOUND) {
                throw ApiException.noSuchResource();
            }
            throw e;
        }
    }

    /** What may be refused. */
    @FunctionalInterface
    private interface Change {
        void make() throws RefusedException;
    }

    /** Clients know no revisions: of two changes at once the later one counts. */
    private static void untilNotOvertaken(Change change) throws RefusedException {
        for (int attempt = 1; ; attempt++) {
            try {
                change.make();
                return;
            } catch (RefusedException e) {
                if (e.reason() != Reason.STALE || attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    private ApiReply autocreate(Call call) throws RefusedException {
        return Reply.created(
                AUTOCREATE, configs.autocreate(call.caller().actor()).id());
    }
}
