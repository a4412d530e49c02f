// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.identity;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the external identity service. Their names are the methods' names with dots. */
@ObjectClassDefinition(name = "Autoprov: identity")
public @interface IdentitySettings {

    @AttributeDefinition(
            required = false,
            description =
                    "identity service with the wazo-auth 0.1 API, such as http://127.0.0.1:9497; empty: built-in tokens")
    String auth_url() default "";

    @AttributeDefinition(
            required = false,
            description = "service account at auth.url; its tenant is the master tenant; empty: tenants are not swept")
    String auth_username() default "";

    @AttributeDefinition(
            required = false,
            type = AttributeType.PASSWORD,
            description = "password of the service account at auth.url")
    String auth_password() default "";

    @AttributeDefinition(
            min = "1",
            max = "86400",
            description = "with auth.url: seconds after the start until deleted tenants are swept for the first time")
    int syncdb_start__sec() default 60;

    @AttributeDefinition(
            min = "1",
            max = "31536000",
            description = "with auth.url: seconds from one sweep of deleted tenants to the next")
    int syncdb_interval__sec() default 86400;
}
