// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin;

import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** Header fields of every answer, so that a page from elsewhere may call the API with a token. */
final class Cors {

    static final List<HttpField> FIELDS = List.of(
            new PreEncodedHttpField("Access-Control-Allow-Origin", "*"),
            new PreEncodedHttpField("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, OPTIONS"),
            new PreEncodedHttpField(
                    "Access-Control-Allow-Headers",
                    "Origin, X-Requested-With, Accept, Content-Type, X-Auth-Token, Wazo-Tenant"),
            new PreEncodedHttpField("Access-Control-Allow-Credentials", "false"),
            new PreEncodedHttpField("Access-Control-Expose-Headers", "Location"));

    private Cors() {}
}
