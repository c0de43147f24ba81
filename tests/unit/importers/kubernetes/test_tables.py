"""Every key of the API has its treatment.

Source: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/ (v1.34)
"""

from analyzer.importers.kubernetes.tables import (
    CONTAINER,
    DEFAULTS,
    OBJECT,
    POD,
    SECURITY,
    SPECS,
    WORKLOAD,
)

POD_SPEC = """activeDeadlineSeconds affinity automountServiceAccountToken containers dnsConfig
dnsPolicy enableServiceLinks ephemeralContainers hostAliases hostIPC hostNetwork hostPID hostUsers
hostname hostnameOverride imagePullSecrets initContainers nodeName nodeSelector os overhead
preemptionPolicy priority priorityClassName readinessGates resourceClaims resources restartPolicy
runtimeClassName schedulerName schedulingGates securityContext serviceAccount serviceAccountName
setHostnameAsFQDN shareProcessNamespace subdomain terminationGracePeriodSeconds tolerations
topologySpreadConstraints volumes""".split()
CONTAINER_KEYS = """args command env envFrom image imagePullPolicy lifecycle livenessProbe name ports
readinessProbe resizePolicy resources restartPolicy restartPolicyRules securityContext startupProbe
stdin stdinOnce terminationMessagePath terminationMessagePolicy tty volumeDevices volumeMounts
workingDir""".split()
SECURITY_KEYS = """allowPrivilegeEscalation appArmorProfile capabilities privileged procMount
readOnlyRootFilesystem runAsGroup runAsNonRoot runAsUser seLinuxOptions seccompProfile
windowsOptions fsGroup fsGroupChangePolicy seLinuxChangePolicy supplementalGroups
supplementalGroupsPolicy sysctls""".split()
WORKLOADS = {
    "Deployment": """minReadySeconds paused progressDeadlineSeconds replicas revisionHistoryLimit
        selector strategy template""",
    "StatefulSet": """minReadySeconds ordinals persistentVolumeClaimRetentionPolicy
        podManagementPolicy replicas revisionHistoryLimit selector serviceName template
        updateStrategy volumeClaimTemplates""",
    "DaemonSet": "minReadySeconds revisionHistoryLimit selector template updateStrategy",
    "ReplicaSet": "minReadySeconds replicas selector template",
    "Job": """activeDeadlineSeconds backoffLimit backoffLimitPerIndex completionMode completions
        managedBy manualSelector maxFailedIndexes parallelism podFailurePolicy podReplacementPolicy
        selector successPolicy suspend template ttlSecondsAfterFinished""",
    "CronJob": """concurrencyPolicy failedJobsHistoryLimit jobTemplate schedule
        startingDeadlineSeconds successfulJobsHistoryLimit suspend timeZone""",
}


# https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ and
# https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/ (v1.34)
OTHERS = {
    "Service": """allocateLoadBalancerNodePorts clusterIP clusterIPs externalIPs externalName
        externalTrafficPolicy healthCheckNodePort internalTrafficPolicy ipFamilies ipFamilyPolicy
        loadBalancerClass loadBalancerIP loadBalancerSourceRanges ports publishNotReadyAddresses
        selector sessionAffinity sessionAffinityConfig trafficDistribution type""",
    "Ingress": "defaultBackend ingressClassName rules tls",
    "PersistentVolumeClaim": """accessModes dataSource dataSourceRef resources selector
        storageClassName volumeAttributesClassName volumeMode volumeName""",
}


def test_every_key_of_what_leads_to_pods_has_its_treatment():
    for kind, keys in OTHERS.items():
        assert set(keys.split()) - set(SPECS[kind]) == set()


def test_every_key_of_a_pod_and_a_container_has_its_treatment():
    assert set(POD_SPEC) - set(POD) == set()
    assert sorted(CONTAINER) == sorted(CONTAINER_KEYS)
    assert sorted(SECURITY) == sorted(SECURITY_KEYS)


def test_every_key_of_a_workload_has_its_treatment():
    keys = {key for listed in WORKLOADS.values() for key in listed.split()}
    assert keys == set(WORKLOAD)


def test_defaults_are_those_of_known_keys():
    others = {key for table in SPECS.values() for key in table}
    assert set(DEFAULTS) <= {*POD, *CONTAINER, *WORKLOAD, *OBJECT, *others}
