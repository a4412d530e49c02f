// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.phone;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class TargetPropertiesTest {

    @Property(tries = 300)
    void noNameBreaksARequest(@ForAll @StringLength(max = 40) String name) {
        Target base = Target.of("http://h/").orElseThrow();
        base.resolve(name).ifPresent(target -> assertThat(target.path()).doesNotContain(" ", "\r", "\n"));
    }
}
