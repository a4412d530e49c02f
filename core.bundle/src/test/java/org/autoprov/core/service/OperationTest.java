// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OperationTest {

    @Test
    void isWrittenAsClientsReadIt() {
        Operation install = new Operation("install");
        Operation download = install.part("download");
        assertThat(install.text()).isEqualTo("install|waiting(download|waiting)");
        install.begin();
        download.progress(12, 0);
        assertThat(install.text()).isEqualTo("install|progress(download|progress;12)");
        download.progress(20, 48);
        download.succeed();
        install.succeed();
        assertThat(install.text()).isEqualTo("install|success(download|success;20/48)");
        assertThat(new Operation("").text()).isEqualTo("waiting");
    }

    @Test
    void aStateOnlyMovesForward() {
        Operation operation = new Operation("x");
        operation.fail("no disk");
        operation.succeed();
        operation.begin();
        operation.fail("again");
        assertThat(operation.text()).isEqualTo("x|fail");
        assertThat(operation.error()).isEqualTo("no disk");
        assertThat(operation.isDone()).isTrue();
    }

    @Test
    void refusesALabelThatClientsCannotRead() {
        assertThatThrownBy(() -> new Operation("a b")).isInstanceOf(IllegalArgumentException.class);
    }
}
