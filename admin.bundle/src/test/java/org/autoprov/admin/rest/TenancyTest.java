// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.autoprov.core.device.Device;
import org.autoprov.core.service.Caller;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TenancyTest {

    private static final Map<String, Set<String>> BELOW = Map.of(
            "master", Set.of("master", "a", "a1", "b"), "a", Set.of("a", "a1"), "a1", Set.of("a1"), "b", Set.of("b"));

    private static Device device(String owner) {
        return Device.create("d").tenant(owner).isNew(owner.equals("master")).build();
    }

    /** Owner after update is empty where the caller may not update. */
    @ParameterizedTest(name = "caller of {0}, device of {1}")
    @CsvSource(textBlock = """
            # caller, owner, lists, lists below, reaches, owner after update
            master, master, true,  true,  true,  master
            master, a,      false, true,  true,  a
            master, a1,     false, true,  true,  a1
            a,      master, false, false, false, a
            a,      a,      true,  true,  true,  a
            a,      a1,     false, true,  true,  a1
            a,      b,      false, false, false,
            a1,     a,      false, false, false,
            a1,     master, false, false, false, a1
            b,      a1,     false, false, false,
            """)
    void eachTenantReachesItsOwnAndThoseBelow(
            String tenant, String owner, boolean lists, boolean listsBelow, boolean reaches, String after) {
        Caller caller = new Caller("test", tenant, BELOW.get(tenant));
        assertThat(Tenancy.lists(caller, false, device(owner))).isEqualTo(lists);
        assertThat(Tenancy.lists(caller, true, device(owner))).isEqualTo(listsBelow);
        assertThat(Tenancy.reaches(caller, device(owner))).isEqualTo(reaches);
        assertThat(Tenancy.ownerAfterUpdate(caller, device(owner)).orElse(null)).isEqualTo(after);
    }
}
