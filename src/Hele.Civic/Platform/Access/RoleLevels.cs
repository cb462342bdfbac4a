namespace Hele.Civic.Platform.Access;

/// <summary>Which role can be held at which level of the tree of jurisdictions.</summary>
public static class RoleLevels
{
    /// <summary>Whether a post of this role can be given in a jurisdiction of this level.</summary>
    public static bool May(Role role, JurisdictionLevel level) => role switch
    {
        Role.SubdistrictOfficer => level == JurisdictionLevel.Subdistrict,
        Role.DistrictOfficer => level == JurisdictionLevel.District,
        // Every installation of rows and accounts has somebody who looks after it and its posts.
        Role.SystemAdministrator or Role.SecurityAdministrator => true,
        _ => level == JurisdictionLevel.Community,
    };
}
