using System.Text.Json;
using Halley.Data;

namespace Halley.Registry;

/// <summary>What the approver of a promotion agrees to, as one hash.</summary>
static class PromotionSubject
{
    internal sealed record Content(
        int Format,
        VersionId Release,
        ContentHash ReleaseHash,
        string Environment,
        ReleaseRole Role,
        double Share,
        Actor By,
        long BaseRevision,
        ContentHash Gates,
        ContentHash Evidence,
        DateOnly? Effective,
        Transaction? Transaction,
        bool? KeepSchema
    );

    /// <summary>Covers release, place, requester, state of the environment, gates, findings and evidence.</summary>
    internal static ContentHash Hash(PromotionRequest request)
    {
        var draft = request.Draft;
        var evidence = ContentHash.Of(JsonSerializer.SerializeToUtf8Bytes(request.Report, RegistryJson.Default.GateReport));
        var content = new Content(
            1,
            draft.Release,
            request.ReleaseHash,
            draft.Environment,
            draft.Role,
            draft.Share,
            draft.By,
            request.BaseRevision,
            request.Gates.Hash(),
            evidence,
            draft.Effective,
            draft.Transaction,
            draft.KeepSchema ? true : null
        );
        return ContentHash.Of(JsonSerializer.SerializeToUtf8Bytes(content, HashedJson.Default.PromotionContent));
    }
}
