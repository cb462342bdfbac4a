using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Grids;

/// <summary>Columns, indexes, and the personal-data class of every column.</summary>
internal static class GridsMapping
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<Compound>(e =>
        {
            e.ToTable("Compounds");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.Name).HasMaxLength(Compound.NameLength).NotPersonal();
            e.Property(x => x.Kind).NotPersonal();
            e.Property(x => x.Manager).HasMaxLength(Compound.NameLength).NotPersonal();
            e.Property(x => x.From).NotPersonal();
            e.Property(x => x.To).NotPersonal();
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.Name }).IsUnique().HasFilter("\"To\" IS NULL");
        });
        model.Entity<Building>(e =>
        {
            e.ToTable("Buildings");
            e.Ignore(x => x.At);
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.CompoundId).NotPersonal();
            e.Property(x => x.Name).HasMaxLength(Building.NameLength).NotPersonal();
            e.Property(x => x.Floors).NotPersonal();
            e.Property(x => x.LonE7).NotPersonal();
            e.Property(x => x.LatE7).NotPersonal();
            e.Property(x => x.From).NotPersonal();
            e.Property(x => x.To).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.HasOne<Compound>().WithMany().HasForeignKey(x => x.CompoundId);
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.CompoundId, x.Name }).IsUnique().HasFilter("\"To\" IS NULL");
        });
        model.Entity<Entrance>(e =>
        {
            e.ToTable("Entrances");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.BuildingId).NotPersonal();
            e.Property(x => x.Name).HasMaxLength(Entrance.NameLength).NotPersonal();
            e.HasOne<Building>().WithMany().HasForeignKey(x => x.BuildingId);
            e.HasIndex(x => new { x.JurisdictionId, x.BuildingId, x.Name }).IsUnique();
        });
        model.Entity<Grid>(e =>
        {
            e.ToTable("Grids");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.Code).HasMaxLength(Grid.CodeLength).NotPersonal();
            e.Property(x => x.Name).HasMaxLength(Grid.NameLength).NotPersonal();
            e.Property(x => x.Kind).NotPersonal();
            e.Property(x => x.DutyPhone).HasMaxLength(Grid.PhoneLength).NotPersonal();
            e.Property(x => x.From).NotPersonal();
            e.Property(x => x.To).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.Property(x => x.RetiredAt).NotPersonal();
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            // Also of grids that are gone: a code is never used again.
            e.HasIndex(x => new { x.JurisdictionId, x.Code }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.Name }).IsUnique().HasFilter("\"To\" IS NULL");
        });
        model.Entity<GridOutline>(e =>
        {
            e.ToTable("GridOutlines");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.GridId).NotPersonal();
            e.Property(x => x.Outline).HasMaxLength(Geo.OutlineLength).NotPersonal();
            e.Property(x => x.SquareMetres).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.Property(x => x.From).NotPersonal();
            e.Property(x => x.To).NotPersonal();
            e.HasOne<Grid>().WithMany().HasForeignKey(x => x.GridId);
            e.HasIndex(x => new { x.JurisdictionId, x.GridId }).IsUnique().HasFilter("\"To\" IS NULL");
        });
        model.Entity<GridBuilding>(e =>
        {
            e.ToTable("GridBuildings");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.GridId).NotPersonal();
            e.Property(x => x.BuildingId).NotPersonal();
            e.Property(x => x.From).NotPersonal();
            e.Property(x => x.To).NotPersonal();
            e.HasOne<Grid>().WithMany().HasForeignKey(x => x.GridId);
            e.HasOne<Building>().WithMany().HasForeignKey(x => x.BuildingId);
            // In one grid at a time: the last judge.
            e.HasIndex(x => new { x.JurisdictionId, x.BuildingId }).IsUnique().HasFilter("\"To\" IS NULL");
            e.HasIndex(x => new { x.JurisdictionId, x.GridId });
        });
        model.Entity<Household>(e =>
        {
            e.ToTable("Households");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.BuildingId).NotPersonal();
            e.Property(x => x.EntranceId).NotPersonal();
            e.Property(x => x.Room).HasMaxLength(Household.RoomLength).NotPersonal();
            e.Property(x => x.From).NotPersonal();
            e.Property(x => x.To).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.Property(x => x.EndLoggedAt).NotPersonal();
            e.HasOne<Building>().WithMany().HasForeignKey(x => x.BuildingId);
            e.HasOne<Entrance>().WithMany().HasForeignKey(x => x.EntranceId);
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.BuildingId, x.EntranceId, x.Room });
        });
        model.Entity<HouseholdMember>(e =>
        {
            e.ToTable("HouseholdMembers");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.HouseholdId).NotPersonal();
            e.Property(x => x.PersonId).PersonReference();
            e.Property(x => x.Role).NotPersonal();
            e.Property(x => x.From).NotPersonal();
            e.Property(x => x.Came).NotPersonal();
            e.Property(x => x.To).NotPersonal();
            e.Property(x => x.Went).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.Property(x => x.EndLoggedAt).NotPersonal();
            e.HasOne<Household>().WithMany().HasForeignKey(x => x.HouseholdId);
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
            // A person lives behind one door of a community at a time.
            e.HasIndex(x => new { x.JurisdictionId, x.PersonId }).IsUnique().HasFilter("\"To\" IS NULL");
            e.HasIndex(x => new { x.JurisdictionId, x.HouseholdId });
        });
        model.Entity<MemberPresence>(e =>
        {
            e.ToTable("MemberPresences");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.MemberId).NotPersonal();
            e.Property(x => x.Presence).NotPersonal();
            e.Property(x => x.From).NotPersonal();
            e.Property(x => x.To).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.Property(x => x.EndLoggedAt).NotPersonal();
            e.HasOne<HouseholdMember>().WithMany().HasForeignKey(x => x.MemberId);
            e.HasIndex(x => new { x.JurisdictionId, x.MemberId }).IsUnique().HasFilter("\"To\" IS NULL");
        });
        model.Entity<StatedChange>(e =>
        {
            e.ToTable("StatedChanges");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.Kind).NotPersonal();
            e.Property(x => x.BuildingId).NotPersonal();
            e.Property(x => x.EntranceId).NotPersonal();
            e.Property(x => x.Room).HasMaxLength(Household.RoomLength).NotPersonal();
            e.Property(x => x.HouseholdId).NotPersonal();
            e.Property(x => x.About).HasMaxLength(StatedChange.AboutLength).Personal(("变动说的是谁", "Whom a stated change is about"), Telling);
            e.Property(x => x.Text).HasMaxLength(StatedChange.TextLength).FreeText(("报告的变动", "What was said to have changed"), Telling);
            e.Property(x => x.HappenedOn).NotPersonal();
            e.Property(x => x.PriorId).NotPersonal();
            e.Property(x => x.StatedById).PersonReference();
            e.Property(x => x.StatedOn).NotPersonal();
            e.Property(x => x.DueOn).NotPersonal();
            e.Property(x => x.State).NotPersonal();
            e.Property(x => x.CheckedBy).NotPersonal();
            e.Property(x => x.AnsweredOn).NotPersonal();
            e.Property(x => x.AnsweredAt).NotPersonal();
            e.Property(x => x.Answer).HasMaxLength(StatedChange.AnswerLength).FreeText(("核实的答复", "Answer after the check"), Telling);
            e.Property(x => x.PostId).PersonReference().PostHistory();
            e.HasOne<Building>().WithMany().HasForeignKey(x => x.BuildingId);
            e.HasOne<Entrance>().WithMany().HasForeignKey(x => x.EntranceId);
            e.HasOne<Household>().WithMany().HasForeignKey(x => x.HouseholdId);
            e.HasOne<StatedChange>().WithMany().HasForeignKey(x => x.PriorId);
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.StatedById);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.PostId);
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.State, x.DueOn });
            e.HasIndex(x => new { x.JurisdictionId, x.StatedById });
            e.HasIndex(x => new { x.JurisdictionId, x.BuildingId, x.EntranceId, x.Room });
        });
        model.Entity<FlatOwner>(e =>
        {
            e.ToTable("FlatOwners");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.BuildingId).NotPersonal();
            e.Property(x => x.EntranceId).NotPersonal();
            e.Property(x => x.Room).HasMaxLength(Household.RoomLength).NotPersonal();
            e.Property(x => x.PersonId).PersonReference();
            e.Property(x => x.Name).HasMaxLength(Tenancy.NameLength).Personal(("产权人姓名", "Owner's name"), Owning);
            e.Property(x => x.From).NotPersonal();
            e.Property(x => x.To).NotPersonal();
            e.HasOne<Building>().WithMany().HasForeignKey(x => x.BuildingId);
            e.HasOne<Entrance>().WithMany().HasForeignKey(x => x.EntranceId);
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
            e.HasIndex(x => new { x.JurisdictionId, x.BuildingId, x.EntranceId, x.Room });
        });
        model.Entity<Tenancy>(e =>
        {
            e.ToTable("Tenancies");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.HouseholdId).NotPersonal();
            e.Property(x => x.LandlordId).PersonReference();
            e.Property(x => x.Landlord).HasMaxLength(Tenancy.NameLength).Personal(("出租人姓名", "Landlord's name"), Letting);
            e.Property(x => x.From).NotPersonal();
            e.Property(x => x.Until).NotPersonal();
            e.Property(x => x.ContractSeen).NotPersonal();
            e.Property(x => x.EndedOn).NotPersonal();
            e.HasOne<Household>().WithMany().HasForeignKey(x => x.HouseholdId);
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.LandlordId);
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            // One runs at a time in a household.
            e.HasIndex(x => new { x.JurisdictionId, x.HouseholdId }).IsUnique().HasFilter("\"EndedOn\" IS NULL");
            e.HasIndex(x => new { x.JurisdictionId, x.Until });
        });
    }

    /// <summary>How long the name of somebody outside the register stands beside a flat or a tenancy.</summary>
    public const string FlatRule = "retention.flat";

    private static readonly Handling Telling = new(
        ("住户登记有变化时核实清楚再改", "checking what has changed about a household before the register is changed"),
        ("《个人信息保护法》第8条、第13条第一款第三项、第46条", "PIPL art. 8, 13(3), 46"),
        ("核实之后再保存一段时间", "for some time after it was checked"), Expiry.By("retention.change", nameof(StatedChange.AnsweredOn)));

    private static readonly Handling Owning = new(
        ("知道一套房是谁的，房屋和公共部位的事找得到人", "knowing whose a flat is, to find somebody for what concerns house and shared parts"),
        ("《民法典》第271—287条；《个人信息保护法》第13条第一款第三项", "Civil Code art. 271–287; PIPL art. 13(3)"),
        ("拥有期间，变更后再保存一段时间", "while it is theirs, and for some time after it changed hands"), Expiry.By(FlatRule, nameof(FlatOwner.To)));

    private static readonly Handling Letting = new(
        ("出租房屋的安全和人口登记", "safety of let flats, and knowing who lives where"),
        ("《商品房屋租赁管理办法》；《个人信息保护法》第13条第一款第三项", "Measures for the Administration of Renting Commodity Housing; PIPL art. 13(3)"),
        ("租住期间，结束后再保存一段时间", "while it lasts, and for some time after its end"), Expiry.By(FlatRule, nameof(Tenancy.EndedOn)));
}
