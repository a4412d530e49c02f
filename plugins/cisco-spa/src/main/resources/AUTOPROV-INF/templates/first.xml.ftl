<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- What a device reads first: where the common file and its own one are. The device itself replaces $MA and $PSN. -->
<?xml version="1.0" encoding="${encoding}" standalone="yes"?>
<flat-profile>
<Resync_On_Reset>Yes</Resync_On_Reset>
<#if mpp>
<Resync_Periodic>3600</Resync_Periodic>
</#if>
<#if macInQuery>
<#-- The User-Agent of this adapter has no MAC. -->
<Profile_Rule>${base}/ata$PSN.cfg</Profile_Rule>
<Profile_Rule_B>${base}/${common}?mac=$MA</Profile_Rule_B>
<#else>
<Profile_Rule_B>${base}/${common}</Profile_Rule_B>
</#if>
<Profile_Rule_C>${base}/$MA.xml</Profile_Rule_C>
</flat-profile>
