namespace Halley.Models;

/// <summary>Whether the parts of a header agree: what fitting takes for granted, a file from outside need not hold.</summary>
static class HeaderChecks
{
    const int PercentileCount = 101;

    /// <exception cref="HalleyException">HLY3107: what does not agree.</exception>
    public static void Run(ModelHeader header)
    {
        var problems = header.Spec.Validate();
        if (problems.Count > 0)
            throw ArtefactErrors.Header(problems[0]);
        if (header.Link != header.Spec.LinkInUse)
            throw ArtefactErrors.Header($"the link is {header.Link} and the spec's is {header.Spec.LinkInUse}.");
        CheckInputs(header);
        CheckProfiles(header);
    }

    /// <summary>The inputs without the exposure.</summary>
    public static Schema ScoreInputs(ModelHeader header) => new(header.Inputs.Fields.Where(field => field.Role != Role.Exposure));

    static void CheckInputs(ModelHeader header)
    {
        var needed = ModelInputs.ColumnsFor(header.Spec, ModelInputs.ServedNames(header.Spec));
        var inputs = ScoreInputs(header).Fields;
        if (!needed.SequenceEqual(inputs.Select(field => field.Name)))
            throw ArtefactErrors.Header("the inputs are not those that the spec names.");
        foreach (var field in inputs)
        {
            if (
                field.Kind is FieldKind.Text or FieldKind.Exposure
                || (field.Kind == FieldKind.Category) != (field.Levels is not null)
            )
                throw ArtefactErrors.Header($"input '{field.Name}' is not a number, boolean, date or category with levels.");
        }
        var exposures = header.Inputs.Fields.Where(field => field.Role == Role.Exposure).Select(field => field.Name);
        if (!exposures.SequenceEqual(header.Spec.Exposure is null ? [] : [header.Spec.Exposure]))
            throw ArtefactErrors.Header("the exposure is not the one that the spec names.");
    }

    static void CheckProfiles(ModelHeader header)
    {
        var inputs = ScoreInputs(header).Fields;
        if (header.Profiles.Count != inputs.Count)
            throw ArtefactErrors.Header("there is not one profile for each input.");
        for (var i = 0; i < inputs.Count; i++)
        {
            var (profile, field) = (header.Profiles[i], inputs[i]);
            var levels = field.Kind switch
            {
                FieldKind.Category => field.Levels!.Count,
                FieldKind.Boolean => 2,
                _ => 0,
            };
            var shaped =
                levels > 0
                    ? profile.LevelShares?.Count == levels && !(profile.Typical < 0 || profile.Typical >= levels)
                    : profile.Percentiles?.Count is 0 or PercentileCount;
            if (profile.Name != field.Name || profile.Kind != field.Kind || !shaped)
                throw ArtefactErrors.Header($"the profile of '{field.Name}' does not fit it.");
        }
    }
}
